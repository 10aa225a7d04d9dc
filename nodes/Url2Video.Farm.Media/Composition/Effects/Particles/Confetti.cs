using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// Paper shot up from both lower corners, every few seconds again. It flies under a gravity of half a pixel per tick and tick, turning
/// and flipping: squares, ribbons and discs.
/// </summary>
internal sealed class Confetti(ParticleStage stage) : IParticleKind
{
    /// <summary>Pixels per tick², 1/256.</summary>
    public const int GravityQ8 = 128;

    /// <summary>Ticks from burst to burst: the highest piece is out of sight by then.</summary>
    private const int Life = 135;

    /// <summary>Ticks over which a burst is spread.</summary>
    private const int Spread = 24;

    private static readonly Yuv[] s_colours =
    [
        new Rgb(0xFF, 0x4D, 0x6D).ToYuv(), new Rgb(0xFF, 0xC2, 0x4B).ToYuv(), new Rgb(0x3D, 0xD6, 0xA3).ToYuv(),
        new Rgb(0x4F, 0xB3, 0xFF).ToYuv(), new Rgb(0xB8, 0x6B, 0xFF).ToYuv(),
    ];

    public long TimeOf(long frame) => stage.Time(frame);

    public void Draw(long time, int particle, int alpha, YuvImage image)
    {
        var late = (long)stage.Pick(particle, 0, 0, 0, Spread << ParticleStage.TickBits);
        if (time < late)
        {
            return;
        }

        var (round, age) = ParticleStage.Lives(time - late, Life, 0);
        var (x, y) = PlaceAt(particle, round, age);
        var size = stage.Scaled(stage.Pick(particle, round, 3, 6 * 256, 11 * 256));
        var turn = (uint)(stage.Pick(particle, round, 4, 0, int.MaxValue - 1) * 2u) + (uint)(age * stage.Pick(particle, round, 5, 400, 2_400));
        var flip = Swing.At(size, (uint)(age * stage.Pick(particle, round, 6, 1_200, 3_600)));
        var colour = s_colours[particle % s_colours.Length];
        switch (particle % 3)
        {
            case 0:
                Paper(x, y, size, flip, turn).Paint(image, colour, alpha);
                break;
            case 1:
                Paper(x, y, 2 * size, flip / 3, turn).Paint(image, colour, alpha);
                break;
            default:
                new DiscShape(x, y, size * 3 / 4).Paint(image, colour, alpha);
                break;
        }
    }

    /// <summary>Where a piece is, 1/256 pixel: a parabola from its corner.</summary>
    /// <param name="age">Ticks with 16 bits below.</param>
    internal (int X, int Y) PlaceAt(int particle, long round, long age)
    {
        var isLeft = (particle & 1) == 0;
        var speedX = (long)stage.Pick(particle, round, 1, 2 * 256, 17 * 256) * stage.Width / 1_920 * (isLeft ? 1 : -1);
        var speedY = (long)stage.Scaled(stage.Pick(particle, round, 2, 15 * 256, 31 * 256));
        var gravity = stage.Scaled(GravityQ8);
        var x = (isLeft ? 0 : stage.Width << 8) + (speedX * age >> ParticleStage.TickBits);
        var fall = (Int128)gravity * age * age >> ((2 * ParticleStage.TickBits) + 1);
        var y = ((long)stage.Height << 8) - (speedY * age >> ParticleStage.TickBits) + (long)fall;
        return ((int)x, (int)y);
    }

    // A quarter of a turn further is the other axis.
    private static QuadShape Paper(int x, int y, int length, int width, uint turn)
    {
        var (ax, ay) = (Swing.At(length, turn + 0x40000000), Swing.At(length, turn));
        var (bx, by) = (Swing.At(width, turn + 0x80000000), Swing.At(width, turn + 0x40000000));
        return new QuadShape((x - ax - bx, y - ay - by), (x + ax - bx, y + ay - by), (x + ax + bx, y + ay + by), (x - ax + bx, y - ay + by));
    }
}
