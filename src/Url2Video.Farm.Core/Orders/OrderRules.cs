using System.Collections.Immutable;
using System.Globalization;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Outputs;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Quality;
using Url2Video.Farm.Core.Storyboards.Sounds;

namespace Url2Video.Farm.Core.Orders;

/// <summary>Judges wishes. Pure, and the same for the command line and the API; every refusal names the field, the value and what is allowed.</summary>
public static class OrderRules
{
    public const int SecondsMin = 5;
    public const int SecondsMax = 3_600;
    public const int FpsMin = 10;
    public const int FpsMax = 120;

    /// <summary>The aspects with a name, and their sizes.</summary>
    private static readonly Dictionary<string, (int Width, int Height)> Aspects = new(StringComparer.Ordinal)
    {
        ["16:9"] = (1920, 1080),
        ["9:16"] = (1080, 1920),
        ["1:1"] = (1080, 1080),
        ["4:5"] = (1080, 1350),
    };

    /// <returns>The order, or all that stands in its way.</returns>
    public static (FilmOrder? Order, ImmutableArray<OrderFault> Faults) Judge(OrderWishes wishes)
    {
        ArgumentNullException.ThrowIfNull(wishes);
        var judge = new Judging();
        (wishes, var preset, var unknown) = PresetRules.Apply(wishes);
        judge.Faults.AddRange(unknown);
        var (width, height) = judge.Canvas(wishes.Size, wishes.Aspect);
        var fps = judge.Fps(wishes.Fps);
        judge.Seconds(wishes.Seconds);
        var brief = new Brief(
            width,
            height,
            fps,
            wishes.Seconds,
            wishes.Voice,
            wishes.Language,
            judge.Loudness(wishes.Loudness),
            Music: !wishes.NoMusic,
            judge.Captions(wishes.Captions),
            wishes.Seed ?? 1)
        {
            Explicit = ExplicitOf(wishes),
        };
        if (preset is not null)
        {
            judge.Faults.AddRange(PresetRules.Misfits(preset, wishes, width, height, fps));
        }

        var formats = judge.Formats(wishes.Format);
        var order = new FilmOrder(brief, formats, judge.Ladder(wishes.Ladder, width, height)) 
        {
            Encoding = EncodingRules.Judge(wishes, preset, formats, judge.Faults),
            Quality = judge.Quality(wishes.Quality),
        };
        var faults = judge.Faults.ToImmutable();
        return faults.IsEmpty ? (order, []) : (null, faults);
    }

    private static BriefFields ExplicitOf(OrderWishes w) =>
        (w.Size is null && w.Aspect is null ? 0 : BriefFields.Size)
        | (w.Fps is null ? 0 : BriefFields.Fps)
        | (w.Seconds is null ? 0 : BriefFields.Seconds)
        | (w.Voice is null ? 0 : BriefFields.Voice)
        | (w.Language is null ? 0 : BriefFields.Language)
        | (w.Loudness is null ? 0 : BriefFields.Loudness)
        | (w.NoMusic ? BriefFields.Music : 0)
        | (w.Captions is null ? 0 : BriefFields.Captions)
        | (w.Seed is null ? 0 : BriefFields.Seed);

    /// <summary>A wrong wish is noted and replaced by the default, so that all of them are found in one go.</summary>
    private sealed class Judging
    {
        public ImmutableArray<OrderFault>.Builder Faults { get; } = ImmutableArray.CreateBuilder<OrderFault>();

        public (int Width, int Height) Canvas(string? size, string? aspect)
        {
            (int Width, int Height)? byAspect = null;
            if (aspect is not null)
            {
                byAspect = Aspects.TryGetValue(aspect, out var known) ? known : Wrong(("aspect", aspect), "one of " + string.Join(", ", Aspects.Keys), Aspects["16:9"]);
            }

            if (size is null)
            {
                return byAspect ?? Aspects["16:9"];
            }

            var parts = size.Split('x', 'X');
            if (parts.Length != 2 || !Side(parts[0], Planning.Ladder.WidthMax, out var width) || !Side(parts[1], Planning.Ladder.HeightMax, out var height))
            {
                return Wrong(
                    ("size", size),
                    $"WIDTHxHEIGHT with even sides, {Planning.Ladder.SideMin} to {Planning.Ladder.WidthMax} wide and {Planning.Ladder.SideMin} to {Planning.Ladder.HeightMax} high, e.g. 1280x720",
                    Aspects["16:9"]);
            }

            return byAspect is { } wanted && (long)width * wanted.Height != (long)height * wanted.Width
                ? Wrong(("size", size), $"a size of the aspect {aspect} that was also asked for (or leave one of the two out)", (width, height))
                : (width, height);
        }

        public Rational Fps(string? fps)
        {
            var customary = new Rational(30, 1);
            return fps is null ? customary
                : Rational.TryParse(fps, out var value) && value.Numerator >= FpsMin * value.Denominator && value.Numerator <= FpsMax * value.Denominator ? value
                : Wrong(("fps", fps), $"a frame rate from {FpsMin} to {FpsMax}, e.g. 24, 25, 29.97, 30 or 60000/1001", customary);
        }

        public void Seconds(int? seconds)
        {
            if (seconds is < SecondsMin or > SecondsMax)
            {
                Faults.Add(new OrderFault("seconds", seconds.Value.ToString(CultureInfo.InvariantCulture), $"a whole number from {SecondsMin} to {SecondsMax}"));
            }
        }

        public OutputFormats Formats(string? list)
        {
            if (list is null)
            {
                return FormatCatalog.Customary;
            }

            var formats = OutputFormats.None;
            foreach (var word in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                formats |= FormatCatalog.Find(word)?.Flag ?? Wrong(("format", word), "a list of " + FormatCatalog.Words, FormatCatalog.Customary);
            }

            return formats != OutputFormats.None ? formats : Wrong(("format", list), "a list of " + FormatCatalog.Words, FormatCatalog.Customary);
        }

        public ImmutableArray<int> Ladder(string? list, int width, int height)
        {
            if (string.IsNullOrWhiteSpace(list))
            {
                return [];
            }

            var sides = Planning.Ladder.Parse(list);
            var problem = sides.Error ?? Planning.Ladder.For(width, height, [.. sides.Value.Distinct()]).Error;
            return problem is null
                ? [.. sides.Value.Distinct().OrderDescending()]
                : Wrong<ImmutableArray<int>>(("ladder", list), $"even short sides from {Math.Min(Planning.Ladder.ShortSideMin, Math.Min(width, height))} to {Math.Min(width, height)}, at most {Planning.Ladder.RungsMax}, e.g. 1080,720,480 (nothing is scaled up)", []);
        }

        public int Loudness(string? lufs) => lufs switch
        {
            null or "-14" => -140,
            "-16" => -160,
            "-23" => -230,
            _ => LoudnessPreset.TenthsOf(lufs) ?? Wrong(("loudness", lufs), "-14 (social), -16 (podcast) or -23 (broadcast)", -140),
        };

        public CaptionPlacement Captions(string? placement) => placement?.ToLowerInvariant() switch
        {
            null or "sidecar" => CaptionPlacement.Sidecar,
            "burned" => CaptionPlacement.Burned,
            "both" => CaptionPlacement.Both,
            "none" => CaptionPlacement.None,
            _ => Wrong(("captions", placement), "sidecar, burned, both or none", CaptionPlacement.Sidecar),
        };

        public QualityMode Quality(string? word) => word?.ToLowerInvariant() switch
        {
            null or "report" => QualityMode.Report,
            "gate" => QualityMode.Gate,
            "off" => QualityMode.Off,
            _ => Wrong(("quality", word), "report, gate or off", QualityMode.Report),
        };

        private static bool Side(string text, int max, out int side) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && side >= Planning.Ladder.SideMin && side <= max && side % 2 == 0;

        private T Wrong<T>((string Field, string Value) wish, string allowed, T otherwise)
        {
            Faults.Add(new OrderFault(wish.Field, wish.Value, allowed));
            return otherwise;
        }
    }
}
