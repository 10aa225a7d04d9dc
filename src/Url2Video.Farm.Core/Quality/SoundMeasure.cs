using System.Collections.Immutable;
using System.Globalization;

namespace Url2Video.Farm.Core.Quality;

/// <summary>What was measured of the finished sound.</summary>
/// <param name="Levels">RMS of each tenth of a second, hundredths of dBFS; <see cref="Nothing"/> where there is nothing.</param>
/// <param name="ClippedRuns">Places where three samples and more stand at full scale.</param>
/// <param name="FirstClip">The first of them, in samples; -1 for none.</param>
/// <param name="OffsetSamples">How much later than planned a narration is heard; negative: earlier. Null when it was not to be found.</param>
public sealed record SoundMeasure(long Samples, ImmutableArray<int> Levels, int ClippedRuns, long FirstClip, int? OffsetSamples)
{
    public const int BlockSamples = 4_800;

    /// <summary>-120 dBFS and less.</summary>
    public const int Nothing = -12_000;

    private const string Head = "u2v-sound/1";

    /// <summary>A line of head, a line of figures, a line of levels.</summary>
    public string Write() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Head}\n{Samples} {ClippedRuns} {FirstClip} {(OffsetSamples is { } offset ? offset.ToString(CultureInfo.InvariantCulture) : "-")}\n{string.Join(' ', Levels.Select(l => l.ToString(CultureInfo.InvariantCulture)))}\n");

    /// <returns>Null for a text that is no such measure.</returns>
    public static SoundMeasure? TryRead(string text)
    {
        var lines = text.Split('\n');
        if (lines is not [Head, var figures, var levels, ""] || figures.Split(' ') is not [var samples, var runs, var first, var offset])
        {
            return null;
        }

        try
        {
            return new SoundMeasure(
                long.Parse(samples, CultureInfo.InvariantCulture),
                [.. levels.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(l => int.Parse(l, CultureInfo.InvariantCulture))],
                int.Parse(runs, CultureInfo.InvariantCulture),
                long.Parse(first, CultureInfo.InvariantCulture),
                offset == "-" ? null : int.Parse(offset, CultureInfo.InvariantCulture));
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            return null;
        }
    }
}
