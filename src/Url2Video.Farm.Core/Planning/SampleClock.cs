namespace Url2Video.Farm.Core.Planning;

/// <summary>The one clock of a film: 48 kHz samples. Frames and AAC packets are counted from it exactly, never through doubles.</summary>
public static class SampleClock
{
    public const int SamplesPerSecond = 48_000;

    public const int SamplesPerMilli = SamplesPerSecond / 1_000;

    /// <summary>Samples in one AAC-LC packet.</summary>
    public const int SamplesPerPacket = 1_024;

    /// <summary>Packets before the first sample of the film: the encoder's priming, cut off by the edit list.</summary>
    public const int PrimingPackets = 1;

    /// <summary>floor(samples · fps / 48000).</summary>
    public static long FramesIn(long samples, Rational fps) => new Rational(fps.Numerator, fps.Denominator * SamplesPerSecond).FloorTimes(samples);

    /// <summary>ceil(frames · 48000 / fps): the first sample at or after the start of the frame.</summary>
    public static long SamplesAt(long frames, Rational fps) =>
        -new Rational(fps.Denominator * SamplesPerSecond, fps.Numerator).FloorTimes(-frames);

    /// <summary>The packet boundary nearest to the start of a frame, priming not counted: round(frames · 48000 / (fps · 1024)), halves up.</summary>
    public static long NearestPacket(long frames, Rational fps)
    {
        var packetsPerFrame = new Rational(fps.Denominator * SamplesPerSecond, fps.Numerator * SamplesPerPacket);
        var doubled = packetsPerFrame.FloorTimes(2 * frames);
        return (doubled + 1) / 2;
    }

    /// <summary>Packets of a sound of this length, priming included.</summary>
    public static long PacketsFor(long samples) => ((samples + SamplesPerPacket - 1) / SamplesPerPacket) + PrimingPackets;
}
