using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Flakes of many sizes; large ones are near, fast and swing further.</summary>
internal sealed class Snow(ParticleStage stage) : IParticleKind
{
    private static readonly Yuv s_colour = new Rgb(0xF4, 0xF8, 0xFF).ToYuv();

    public long TimeOf(long frame) => stage.Time(frame);

    public void Draw(long time, int particle, int alpha, YuvImage image)
    {
        var near = stage.Pick(particle, 0, 1, 0, 255) * stage.Pick(particle, 0, 2, 0, 255) >> 8;
        var size = stage.Scaled(600 + (near * 10));
        var speed = stage.Scaled(300 + (near * 5));
        var span = ((long)stage.Height << 8) + (4 * size);
        var y = ParticleStage.Wrap(stage.Pick(particle, 0, 3, 0, stage.Height << 8) + (speed * time >> ParticleStage.TickBits), span) - (2 * size);
        var swing = Swing.At(stage.Scaled(2_000 + (near * 30)), (uint)((time * stage.Pick(particle, 0, 4, 500, 900)) + ((long)particle << 27)));
        var x = stage.Pick(particle, 0, 5, 0, stage.Width << 8) + swing;
        new GlowShape(x, (int)y, size * 2).Paint(image, s_colour, FixedPoint.MulHrs(alpha, FixedPoint.One15 * (128 + (near / 2)) / 256));
    }
}

/// <summary>Streaks, a little slanted, through the frame in half a second.</summary>
internal sealed class Rain(ParticleStage stage) : IParticleKind
{
    private static readonly Yuv s_colour = new Rgb(0xC8, 0xD8, 0xE8).ToYuv();

    public long TimeOf(long frame) => stage.Time(frame);

    public void Draw(long time, int particle, int alpha, YuvImage image)
    {
        var length = stage.Scaled(stage.Pick(particle, 0, 1, 28 * 256, 64 * 256));
        var speed = stage.Scaled(stage.Pick(particle, 0, 2, 46 * 256, 74 * 256));
        var span = ((long)stage.Height << 8) + (2 * length);
        var way = stage.Pick(particle, 0, 3, 0, stage.Height << 8) + (speed * time >> ParticleStage.TickBits);
        var round = way / span;
        var y = (int)((way % span) - length);

        // Elsewhere each time it falls, and carried to the left by an eighth of its way.
        var x = stage.Pick(particle, round, 4, 0, (stage.Width + (stage.Height / 8)) << 8) - (y / 8);
        var thin = Math.Max(130, stage.Scaled(210));
        new QuadShape((x, y), (x + thin, y), (x - (length / 8) + thin, y + length), (x - (length / 8), y + length)).Paint(image, s_colour, alpha);
    }
}
