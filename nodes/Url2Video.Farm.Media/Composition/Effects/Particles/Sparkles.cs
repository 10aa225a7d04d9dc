using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// Glints of 2 to 8 pixels, half to wholly opaque, that come and go within two seconds, drift, and leave fainter glints where they were.
/// </summary>
internal sealed class Sparkles(ParticleStage stage) : IParticleKind
{
    /// <summary>Two seconds.</summary>
    public const int Life = 2 * ParticleStage.TicksPerSecond;

    public const int SizeMin = 2;
    public const int SizeMax = 8;

    private const int TrailGlints = 5;
    private const int TrailTicks = 2;

    private static readonly Yuv s_white = new Rgb(0xFF, 0xFF, 0xFF).ToYuv();
    private static readonly Yuv s_gold = new Rgb(0xFF, 0xE6, 0xA8).ToYuv();

    public long TimeOf(long frame) => stage.Time(frame);

    public void Draw(long time, int particle, int alpha, YuvImage image)
    {
        var (round, age) = ParticleStage.Lives(time, Life, stage.Pick(particle, 0, 0, 0, Life - 1));
        var x = (long)stage.Pick(particle, round, 1, 0, stage.Width << 8);
        var y = (long)stage.Pick(particle, round, 2, 0, stage.Height << 8);
        var (dx, dy) = (stage.Scaled(stage.Pick(particle, round, 3, -500, 500)), stage.Scaled(stage.Pick(particle, round, 4, -200, 500)));
        var size = stage.Scaled(stage.Pick(particle, round, 5, SizeMin * 256, SizeMax * 256));
        var opacity = FixedPoint.MulHrs(alpha, stage.Pick(particle, round, 6, FixedPoint.One15 / 2, FixedPoint.One15));
        for (var glint = TrailGlints; glint >= 0; glint--)
        {
            var then = age - ((long)glint * TrailTicks << ParticleStage.TickBits);
            if (then < 0)
            {
                continue;
            }

            var light = FixedPoint.MulHrs(ParticleStage.Bump(then, Life), opacity) >> glint;
            var (px, py) = ((int)(x + (dx * then >> ParticleStage.TickBits)), (int)(y + (dy * then >> ParticleStage.TickBits)));
            Glint(image, px, py, glint == 0 ? size : size / 2, light, glint == 0 ? s_white : s_gold);
        }
    }

    private static void Glint(YuvImage image, int x, int y, int size, int alpha, Yuv colour)
    {
        var thin = Math.Max(96, size / 4);
        new QuadShape((x - (2 * size), y), (x, y - thin), (x + (2 * size), y), (x, y + thin)).Paint(image, colour, alpha);
        new QuadShape((x, y - (2 * size)), (x + thin, y), (x, y + (2 * size)), (x - thin, y)).Paint(image, colour, alpha);
        new GlowShape(x, y, Math.Max(256, size)).Paint(image, colour, alpha);
    }
}
