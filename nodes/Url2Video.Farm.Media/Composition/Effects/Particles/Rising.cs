using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Glowing specks that rise from below, waver and go out.</summary>
internal sealed class Embers(ParticleStage stage) : IParticleKind
{
    private static readonly Yuv s_core = new Rgb(0xFF, 0xD0, 0x80).ToYuv();
    private static readonly Yuv s_glow = new Rgb(0xFF, 0x6A, 0x1E).ToYuv();

    public long TimeOf(long frame) => stage.Time(frame);

    public void Draw(long time, int particle, int alpha, YuvImage image)
    {
        var life = stage.Pick(particle, 0, 0, 70, 140);
        var (round, age) = ParticleStage.Lives(time, life, stage.Pick(particle, 0, 1, 0, life - 1));
        var light = FixedPoint.MulHrs(alpha, ParticleStage.Bump(age, life));
        var y = ((long)stage.Height << 8) + stage.Scaled(10 * 256)
            - (stage.Scaled(stage.Pick(particle, round, 2, 1_200, 3_000)) * age >> ParticleStage.TickBits);
        var sway = Swing.At(stage.Scaled(stage.Pick(particle, round, 3, 2_000, 9_000)), (uint)(age * stage.Pick(particle, round, 4, 500, 1_400)));
        var x = stage.Pick(particle, round, 5, 0, stage.Width << 8) + sway;
        var size = stage.Scaled(stage.Pick(particle, round, 6, 450, 1_200));
        new GlowShape(x, (int)y, size * 4).Paint(image, s_glow, light);
        new DiscShape(x, (int)y, size).Paint(image, s_core, light);
    }
}

/// <summary>Rings with a glint that rise and sway.</summary>
internal sealed class Bubbles(ParticleStage stage) : IParticleKind
{
    private static readonly Yuv s_colour = new Rgb(0xDC, 0xF2, 0xFF).ToYuv();

    public long TimeOf(long frame) => stage.Time(frame);

    public void Draw(long time, int particle, int alpha, YuvImage image)
    {
        var size = stage.Scaled(stage.Pick(particle, 0, 1, 10 * 256, 42 * 256));
        var speed = stage.Scaled(stage.Pick(particle, 0, 2, 500, 1_300));
        var span = ((long)stage.Height << 8) + (2 * size);
        var way = stage.Pick(particle, 0, 3, 0, stage.Height << 8) + (speed * time >> ParticleStage.TickBits);
        var y = (int)(((long)stage.Height << 8) + size - (way % span));
        var sway = Swing.At(stage.Scaled(24 * 256), (uint)((time * stage.Pick(particle, 0, 4, 500, 900)) + ((long)particle << 28)));
        var x = stage.Pick(particle, way / span, 5, 0, stage.Width << 8) + sway;
        new DiscShape(x, y, size, size - Math.Max(300, size / 10)).Paint(image, s_colour, alpha);
        new DiscShape(x, y, size).Paint(image, s_colour, alpha / 8);
        new GlowShape(x - (size / 3), y - (size / 3), size / 3).Paint(image, s_colour, alpha);
    }
}
