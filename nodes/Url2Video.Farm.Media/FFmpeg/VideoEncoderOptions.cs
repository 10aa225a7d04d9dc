namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>What the bytes of a rendition depend on, besides its frames and the version of the encoder.</summary>
public sealed record VideoEncoderOptions
{
    /// <summary>Luma pixels, even, 16..8192.</summary>
    public required int Width { get; init; }

    /// <summary>Luma pixels, even, 16..8192.</summary>
    public required int Height { get; init; }

    /// <summary>Frames a second are <see cref="FpsNum"/> / <see cref="FpsDen"/>; at most 240.</summary>
    public required int FpsNum { get; init; }

    public int FpsDen { get; init; } = 1;

    /// <summary>Constant rate factor, lower is better: 1..51 for x264 (0 would be lossless, which the High profile lacks), 0..63 on the scale of other encoders.</summary>
    public int Crf { get; init; } = 23;

    /// <summary>Preset in the words of the encoder; x264: <c>ultrafast</c> .. <c>placebo</c>.</summary>
    public string Preset { get; init; } = "veryfast";

    /// <summary>Frames from one key frame to the next: the segment length, 1..1000.</summary>
    public int GopFrames { get; init; } = 64;

    /// <summary>x264 tuning such as <c>animation</c> or <c>stillimage</c>, or null.</summary>
    public string? Tune { get; init; }

    /// <summary>Every picture is shown as soon as it is decoded: larger files, for containers without presentation times. x264 only.</summary>
    public bool IsInOrder { get; init; }

    internal VideoEncoderOptions Validated(int crfMin = 1, int crfMax = 51)
    {
        Side(Width);
        Side(Height);
        ArgumentOutOfRangeException.ThrowIfLessThan(FpsDen, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(FpsNum, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((double)FpsNum / FpsDen, 240, nameof(FpsNum));
        ArgumentOutOfRangeException.ThrowIfLessThan(Crf, crfMin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Crf, crfMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(GopFrames, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(GopFrames, 1000);
        return this;
    }

    private static void Side(int pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pixels, 16);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pixels, 8192);
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels % 2, 0);
    }
}
