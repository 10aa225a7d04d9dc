using System.Globalization;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Core.Planning;

/// <summary>What the formats of a film cannot hold, known as soon as its length is.</summary>
internal static class FormatBounds
{
    /// <summary>Noise is not compressed at all.</summary>
    private const int PngBytesPerPixel = 3;

    /// <summary>4444 at its highest rate.</summary>
    private const int ProResBytesPerPixel = 1;

    public static FarmError? Problem(FilmPlan plan, OutputFormats formats, EncodingWishes encoding)
    {
        if (encoding.SecondsMax > 0 && plan.Samples > (long)encoding.SecondsMax * SampleClock.SamplesPerSecond)
        {
            return TooLarge(
                $"The film takes {Shown(plan)} s; the preset {encoding.Preset} allows {encoding.SecondsMax}.",
                "Shorten the text or the storyboard, or choose a preset for longer films (`url2video presets`).");
        }

        if (formats.HasFlag(OutputFormats.Gif) && plan.Samples > (long)Limits.GifSecondsMax * SampleClock.SamplesPerSecond)
        {
            return TooLarge($"A GIF of {Shown(plan)} s is too long; {Limits.GifSecondsMax} are possible.", "Leave gif out of the formats, or make the film shorter.");
        }

        if (formats.HasFlag(OutputFormats.Png) && (plan.Frames > Limits.PngFramesMax || plan.Frames * plan.Width * plan.Height > Limits.PngPixelsMax))
        {
            return TooLarge(
                $"{plan.Frames} PNG files of {plan.Width}x{plan.Height} are too many; {Limits.PngFramesMax} files, or {Limits.PngPixelsMax / 1_000_000_000} billion pixels in all, are possible.",
                "Leave png out of the formats (prores4444 is made for long films), or make the film shorter.");
        }

        var bytesPerPixel = formats.HasFlag(OutputFormats.Png) ? PngBytesPerPixel : (formats & (OutputFormats.ProRes | OutputFormats.ProRes4444)) != 0 ? ProResBytesPerPixel : 0;
        if (plan.Chunks.Select(c => c.Frames).DefaultIfEmpty().Max() * (long)plan.Width * plan.Height * bytesPerPixel > Limits.ChunkBytesMax)
        {
            return TooLarge(
                $"PNG and ProRes of {plan.Width}x{plan.Height} at this frame rate are too large: a piece of the film is held in memory while it is made.",
                "Leave them out of the formats, or choose a smaller size or frame rate.");
        }

        const int BytesPerSample16 = 4, BytesPerSample24 = 6;
        return (formats.HasFlag(OutputFormats.Wav) && plan.Samples * BytesPerSample16 > Limits.RiffBytesMax)
            || (formats.HasFlag(OutputFormats.Wav24) && plan.Samples * BytesPerSample24 > Limits.RiffBytesMax)
            ? TooLarge($"{Shown(plan)} s are too long for a WAV file, which holds 4 GiB.", "Ask for flac.")
            : null;
    }

    private static string Shown(FilmPlan plan) => (plan.Samples / (decimal)SampleClock.SamplesPerSecond).ToString("0.#", CultureInfo.InvariantCulture);

    private static FarmError TooLarge(string message, string wayOut) => new(ErrorCodes.TooLarge, message, wayOut);
}
