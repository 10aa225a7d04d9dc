using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Soft lights that wander on curves of their own and pulse.</summary>
internal sealed class Fireflies(ParticleStage stage) : IParticleKind
{
    private static readonly Yuv s_colour = new Rgb(0xE4, 0xFF, 0x86).ToYuv();

    public long TimeOf(long frame) => stage.Time(frame);

    public void Draw(long time, int particle, int alpha, YuvImage image)
    {
        var (x, y) = Floating.Wander(stage, time, particle, 120 * 256);
        var life = stage.Pick(particle, 0, 6, 50, 110);
        var (_, age) = ParticleStage.Lives(time, life, stage.Pick(particle, 0, 7, 0, life - 1));
        var light = FixedPoint.MulHrs(alpha, ParticleStage.Bump(age, life));
        var size = stage.Scaled(stage.Pick(particle, 0, 8, 14 * 256, 32 * 256));
        new GlowShape(x, y, size).Paint(image, s_colour, light);
        new GlowShape(x, y, size / 3).Paint(image, s_colour, light);
    }
}

/// <summary>Points that twinkle where they are, more of them above than below.</summary>
internal sealed class Stars(ParticleStage stage) : IParticleKind
{
    private static readonly Yuv s_colour = new Rgb(0xF0, 0xF4, 0xFF).ToYuv();

    public long TimeOf(long frame) => stage.Time(frame);

    public void Draw(long time, int particle, int alpha, YuvImage image)
    {
        var x = stage.Pick(particle, 0, 1, 0, stage.Width << 8);
        var y = (int)((long)stage.Pick(particle, 0, 2, 0, stage.Height << 8) * stage.Pick(particle, 0, 3, 60, 256) >> 8);
        var life = stage.Pick(particle, 0, 4, 60, 150);
        var (_, age) = ParticleStage.Lives(time, life, stage.Pick(particle, 0, 5, 0, life - 1));

        // Never quite dark: a third of the light stays.
        var light = FixedPoint.MulHrs(alpha, (FixedPoint.One15 / 3) + (ParticleStage.Bump(age, life) * 2 / 3));
        new GlowShape(x, y, stage.Scaled(stage.Pick(particle, 0, 6, 900, 2_800))).Paint(image, s_colour, light);
    }
}

/// <summary>Specks in the light, barely moving.</summary>
internal sealed class Dust(ParticleStage stage) : IParticleKind
{
    private static readonly Yuv s_colour = new Rgb(0xFF, 0xF4, 0xDC).ToYuv();

    public long TimeOf(long frame) => stage.Time(frame);

    public void Draw(long time, int particle, int alpha, YuvImage image)
    {
        var (x, y) = Floating.Wander(stage, time, particle, 60 * 256);
        new GlowShape(x, y, stage.Scaled(stage.Pick(particle, 0, 6, 700, 2_400))).Paint(image, s_colour, alpha);
    }
}

/// <summary>Lights far out of focus: large even discs.</summary>
internal sealed class Bokeh(ParticleStage stage) : IParticleKind
{
    private static readonly Yuv[] s_colours =
        [new Rgb(0xFF, 0xD8, 0x98).ToYuv(), new Rgb(0xFF, 0xB0, 0x88).ToYuv(), new Rgb(0xB8, 0xD8, 0xFF).ToYuv()];

    public long TimeOf(long frame) => stage.Time(frame);

    public void Draw(long time, int particle, int alpha, YuvImage image)
    {
        var (x, y) = Floating.Wander(stage, time, particle, 50 * 256);
        var size = stage.Scaled(stage.Pick(particle, 0, 6, 22 * 256, 78 * 256));
        var light = FixedPoint.MulHrs(alpha, stage.Pick(particle, 0, 7, FixedPoint.One15 / 3, FixedPoint.One15));
        var colour = s_colours[particle % s_colours.Length];
        new DiscShape(x, y, size).Paint(image, colour, light);
        new DiscShape(x, y, size, size - Math.Max(300, size / 16)).Paint(image, colour, light / 2);
    }
}

internal static class Floating
{
    /// <summary>A place that goes slowly round a home of its own, out and back on two curves that never meet in step.</summary>
    public static (int X, int Y) Wander(ParticleStage stage, long time, int particle, int reach)
    {
        var (speedX, speedY) = (stage.Pick(particle, 0, 1, 120, 360), stage.Pick(particle, 0, 2, 120, 360));
        var x = stage.Pick(particle, 0, 3, 0, stage.Width << 8) + Swing.At(stage.Scaled(reach), (uint)((time * speedX) + ((long)particle << 26)));
        var y = stage.Pick(particle, 0, 4, 0, stage.Height << 8) + Swing.At(stage.Scaled(reach), (uint)((time * speedY) + ((long)particle << 28)));
        return (x, y);
    }
}
