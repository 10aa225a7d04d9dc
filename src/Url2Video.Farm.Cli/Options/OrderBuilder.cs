using System.Globalization;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Options;

/// <summary>Judges what the user typed. Pure; every refusal names the option, the value and what is allowed.</summary>
internal static class OrderBuilder
{
    private const int SideMin = 128;
    private const int WidthMax = 7680;
    private const int HeightMax = 7680;
    private const int SecondsMin = 5;
    private const int SecondsMax = 3600;

    private static readonly Dictionary<string, (int Width, int Height)> Aspects = new(StringComparer.Ordinal)
    {
        ["16:9"] = (1920, 1080),
        ["9:16"] = (1080, 1920),
        ["1:1"] = (1080, 1080),
        ["4:5"] = (1080, 1350),
    };

    /// <exception cref="FarmException">ERR_INVALID_ARGUMENT for the first option that is wrong.</exception>
    public static RenderOrder Build(RenderArguments arguments)
    {
        var (width, height) = Canvas(arguments.Size, arguments.Aspect);
        var fps = Fps(arguments.Fps);
        if (arguments.Seconds is { } seconds && seconds is < SecondsMin or > SecondsMax)
        {
            throw Wrong("--seconds", Text(arguments.Seconds.Value), $"a whole number from {SecondsMin} to {SecondsMax}");
        }

        var brief = new Brief(
            width,
            height,
            fps,
            arguments.Seconds,
            arguments.Voice,
            arguments.Language,
            Loudness(arguments.Loudness),
            Music: !arguments.NoMusic,
            Captions(arguments.Captions),
            arguments.Seed ?? 1)
        {
            Explicit = ExplicitOf(arguments),
        };
        return new RenderOrder(brief, Formats(arguments.Format), Ladder(arguments.Ladder, width, height));
    }

    private static BriefFields ExplicitOf(RenderArguments a) =>
        (a.Size is null && a.Aspect is null ? 0 : BriefFields.Size)
        | (a.Fps is null ? 0 : BriefFields.Fps)
        | (a.Seconds is null ? 0 : BriefFields.Seconds)
        | (a.Voice is null ? 0 : BriefFields.Voice)
        | (a.Language is null ? 0 : BriefFields.Language)
        | (a.Loudness is null ? 0 : BriefFields.Loudness)
        | (a.NoMusic ? BriefFields.Music : 0)
        | (a.Captions is null ? 0 : BriefFields.Captions)
        | (a.Seed is null ? 0 : BriefFields.Seed);

    private static (int Width, int Height) Canvas(string? size, string? aspect)
    {
        (int Width, int Height)? byAspect = null;
        if (aspect is not null)
        {
            byAspect = Aspects.TryGetValue(aspect, out var known)
                ? known
                : throw Wrong("--aspect", aspect, "one of " + string.Join(", ", Aspects.Keys));
        }

        if (size is null)
        {
            return byAspect ?? Aspects["16:9"];
        }

        var parts = size.Split('x', 'X');
        if (parts.Length != 2 || !Side(parts[0], WidthMax, out var width) || !Side(parts[1], HeightMax, out var height))
        {
            throw Wrong("--size", size, $"WIDTHxHEIGHT with even sides from {SideMin} to {WidthMax}, e.g. 1280x720");
        }

        if (byAspect is { } wanted && (long)width * wanted.Height != (long)height * wanted.Width)
        {
            throw Wrong("--size", size, $"a size of the aspect {aspect} that was also asked for (or leave one of the two out)");
        }

        return (width, height);
    }

    private static bool Side(string text, int max, out int side) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && side >= SideMin && side <= max && side % 2 == 0;

    private static Rational Fps(string? fps)
    {
        if (fps is null)
        {
            return new Rational(30, 1);
        }

        var isNumber = Rational.TryParse(fps, out var value);
        return isNumber && value.Numerator >= 10 * value.Denominator && value.Numerator <= 120 * value.Denominator
            ? value
            : throw Wrong("--fps", fps, "a frame rate from 10 to 120, e.g. 24, 25, 29.97, 30 or 60000/1001");
    }

    private static OutputFormats Formats(string? list)
    {
        if (list is null)
        {
            return OutputFormats.Mp4 | OutputFormats.Hls | OutputFormats.Dash;
        }

        var formats = OutputFormats.None;
        foreach (var word in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            formats |= word.ToLowerInvariant() switch
            {
                "mp4" => OutputFormats.Mp4,
                "hls" => OutputFormats.Hls,
                "dash" => OutputFormats.Dash,
                _ => throw Wrong("--format", word, "a list of mp4, hls, dash"),
            };
        }

        return formats != OutputFormats.None ? formats : throw Wrong("--format", list, "a list of mp4, hls, dash");
    }

    private static List<int> Ladder(string? list, int width, int height)
    {
        var rungs = new List<int>();
        foreach (var word in (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var text = word.EndsWith('p') ? word[..^1] : word;
            if (!Side(text, Math.Min(width, height), out var side))
            {
                throw Wrong("--ladder", word, $"short sides in pixels, even, from {SideMin} to {Math.Min(width, height)}, e.g. 1080,720,480 (nothing is scaled up)");
            }

            rungs.Add(side);
        }

        return [.. rungs.Distinct().OrderDescending()];
    }

    private static int Loudness(string? lufs) => lufs switch
    {
        null or "-14" or "social" => -140,
        "-16" or "web" => -160,
        "-23" or "broadcast" => -230,
        _ => throw Wrong("--loudness", lufs, "-14 (social), -16 (web) or -23 (broadcast)"),
    };

    private static CaptionPlacement Captions(string? placement) => placement?.ToLowerInvariant() switch
    {
        null or "sidecar" => CaptionPlacement.Sidecar,
        "burned" => CaptionPlacement.Burned,
        "both" => CaptionPlacement.Both,
        "none" => CaptionPlacement.None,
        _ => throw Wrong("--captions", placement, "sidecar, burned, both or none"),
    };

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static FarmException Wrong(string option, string value, string allowed) =>
        new(ErrorCodes.InvalidArgument, $"{option} {value} is not possible.", $"Give {allowed}.");
}
