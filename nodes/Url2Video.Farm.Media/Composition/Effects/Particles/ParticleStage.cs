using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// The room particles live in. Lengths are told in pixels of a frame 1080 lines high, times in ticks of 1/30 second with 16 bits below;
/// a particle's numbers come from its number, its round and the seed, so that any frame can be drawn first.
/// </summary>
internal sealed record ParticleStage(int Width, int Height, FrameRate Rate, ulong Seed)
{
    public const int TicksPerSecond = 30;

    /// <summary>Bits of a tick.</summary>
    public const int TickBits = 16;

    public long Time(long frame) => (long)(((Int128)frame * TicksPerSecond * Rate.Denominator << TickBits) / Rate.Numerator);

    /// <summary>A length in 1/256 pixel of a 1080-line frame as 1/256 pixel of this one.</summary>
    public int Scaled(long length) => (int)(length * Height / 1080);

    /// <summary>A number of a particle, evenly between two others.</summary>
    /// <param name="which">Tells its numbers apart.</param>
    public int Pick(int particle, long round, int which, int low, int high)
    {
        var random = new SplitMix64(Seed + ((ulong)particle * 0x9E3779B97F4A7C15) + ((ulong)round * 0xD1B54A32D192ED03) + ((ulong)which << 32));
        return random.Between(low, high);
    }

    /// <summary>Runs of a particle's life, one after the other.</summary>
    /// <param name="life">Ticks.</param>
    /// <param name="phase">Ticks by which this particle is ahead.</param>
    public static (long Round, long Age) Lives(long time, int life, int phase)
    {
        var all = time + ((long)phase << TickBits);
        var length = (long)life << TickBits;
        return (all / length, all % length);
    }

    /// <summary>Light over an age: up and down again, 0..32767.</summary>
    public static int Bump(long age, int life) => Steep.Bump((int)(age * FixedPoint.One15 / ((long)life << TickBits)));

    /// <summary>A value that lies within 0..length, coming in again where it left.</summary>
    public static long Wrap(long value, long length)
    {
        var rest = value % length;
        return rest < 0 ? rest + length : rest;
    }
}
