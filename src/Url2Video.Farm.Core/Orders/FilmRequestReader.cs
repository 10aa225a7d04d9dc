using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Core.Storyboards.Reading;

namespace Url2Video.Farm.Core.Orders;

/// <summary>Reads an order in JSON strictly: unknown properties, wrong types and values out of range are errors, never guesses. Pure.</summary>
public static class FilmRequestReader
{
    public const int LimitsPerOrderMax = 8;
    public const int LimitNameCharsMax = 64;
    public const int MetadataEntriesMax = 32;
    public const int MetadataNameCharsMax = 64;
    public const int MetadataValueCharsMax = 500;
    public const long SeedMax = (1L << 53) - 1;

    /// <summary>An order holds at most a storyboard, whose objects nest 6 deep.</summary>
    private const int DepthMax = 24;

    private const string JsonWayOut = "Send one JSON object, such as {\"source\":{\"url\":\"https://example.com/\"}}.";

    private static readonly Dictionary<string, string> PropertyOfField = new(StringComparer.Ordinal) { ["format"] = "formats", ["crf-shift"] = "crf_shift", ["trick-play"] = "trick_play" };

    public static FilmRequestReading Read(ReadOnlyMemory<byte> utf8)
    {
        var errors = new ReadErrors(ErrorCodes.InvalidArgument);
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = DepthMax });
            var request = ReadRoot(new StrictObject(document.RootElement, "", errors), errors);
            return errors.IsEmpty ? new(request, []) : new(null, errors.Findings);
        }
        catch (JsonException fault)
        {
            errors.Invalid("", string.Create(CultureInfo.InvariantCulture, $"the body is not JSON (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1})."), JsonWayOut);
            return new(null, errors.Findings);
        }
    }

    private static FilmRequest? ReadRoot(StrictObject root, ReadErrors errors)
    {
        var source = SourceJson.Read(root, errors);
        var wishes = new OrderWishes
        {
            Format = ListOrText(root, "formats", errors),
            Size = root.OptionalText("size", 1, 32),
            Aspect = root.OptionalText("aspect", 1, 16),
            Fps = NumberOrText(root, "fps", errors),
            Seconds = (int?)root.OptionalInteger("seconds", int.MinValue, int.MaxValue),
            Voice = root.OptionalText("voice", 1, 100),
            Language = Language(root, errors),
            Captions = root.OptionalText("captions", 1, 16),
            Loudness = NumberOrText(root, "loudness", errors),
            NoMusic = Flag(root, "music", errors) == false,
            Ladder = ListOrText(root, "ladder", errors),
            Seed = (ulong?)root.OptionalInteger("seed", 0, SeedMax),
            Preset = root.OptionalText("preset", 1, 32),
            Codecs = ListOrText(root, "codecs", errors),
            Profile = root.OptionalText("profile", 1, 16),
            CrfShift = (int?)root.OptionalInteger("crf_shift", int.MinValue, int.MaxValue),
            Encoder = root.OptionalText("encoder", 1, 16),
            TrickPlay = ListOrText(root, "trick_play", errors),
            Quality = root.OptionalText("quality", 1, 16),
        };
        var (order, faults) = OrderRules.Judge(wishes);
        foreach (var fault in faults)
        {
            var name = PropertyOfField.GetValueOrDefault(fault.Field, fault.Field);
            errors.Add("/" + name, fault.As(name));
        }

        var band = root.Choice("priority", Band.Normal);
        var weight = root.Integer("weight", 1, Limits.ProjectWeightMax, 1);
        var limits = ReadLimits(root, errors);
        var callback = Callback(root, errors);
        var metadata = Metadata(root, errors);
        var isDryRun = Flag(root, "dry_run", errors) ?? false;
        root.Finish();
        return source is null || order is null ? null : new FilmRequest(source, order, band, weight, limits, callback, metadata, isDryRun);
    }

    private static string? Language(StrictObject root, ReadErrors errors)
    {
        var tag = root.OptionalText("language", 2, 35);
        if (tag is null || LanguageTag.IsWellFormed(tag))
        {
            return tag;
        }

        errors.Invalid("/language", $"\"{tag}\" is not a language tag.", "Write a BCP 47 tag such as en, de or pt-BR.");
        return null;
    }

    private static ImmutableArray<string> ReadLimits(StrictObject root, ReadErrors errors)
    {
        var names = root.Texts("limits", 0, LimitsPerOrderMax, LimitNameCharsMax);
        foreach (var name in names.Where(n => !n.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':')))
        {
            errors.Invalid("/limits", $"\"{name}\" is not the name of a limit.", "Use letters, digits, '-', '_', '.' and ':'.");
        }

        return [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static string? Callback(StrictObject root, ReadErrors errors)
    {
        if (root.OptionalText("callback_url", 1, Limits.UrlCharsMax) is not { } text)
        {
            return null;
        }

        if (WebAddress.IsOrdinary(text))
        {
            return text;
        }

        errors.Invalid("/callback_url", "not an address that can be called.", "Write http:// or https://, a host, and no user name.");
        return null;
    }

    private static ImmutableSortedDictionary<string, string> Metadata(StrictObject root, ReadErrors errors)
    {
        var none = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
        if (!root.TryGet("metadata", out var value))
        {
            return none;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            errors.Invalid("/metadata", $"expected an object of texts, found {StrictValue.NameOf(value)}.");
            return none;
        }

        var entries = none.ToBuilder();
        foreach (var property in value.EnumerateObject().Take(MetadataEntriesMax + 1))
        {
            if (!StrictValue.TryName(property, out var name) || name.Length is 0 or > MetadataNameCharsMax || name.Any(char.IsControl))
            {
                errors.Invalid("/metadata", $"a name is empty, longer than {MetadataNameCharsMax} characters, or not text.");
            }
            else if (StrictValue.Text(property.Value, "/metadata", 0, MetadataValueCharsMax, errors) is { } text)
            {
                entries[name] = text;
            }
        }

        if (entries.Count > MetadataEntriesMax)
        {
            errors.Invalid("/metadata", $"more than {MetadataEntriesMax} entries.");
        }

        return entries.ToImmutable();
    }

    private static bool? Flag(StrictObject root, string name, ReadErrors errors)
    {
        if (!root.TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        errors.Invalid(root.PointerOf(name), $"expected true or false, found {StrictValue.NameOf(value)}.");
        return null;
    }

    private static string? NumberOrText(StrictObject root, string name, ReadErrors errors) =>
        !root.TryGet(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number ? value.GetRawText()
        : StrictValue.Text(value, root.PointerOf(name), 1, 32, errors);

    /// <summary>A list of words or numbers, or the same as one text with commas, as the command line takes it.</summary>
    private static string? ListOrText(StrictObject root, string name, ReadErrors errors)
    {
        const int EntriesMax = 24;
        if (!root.TryGet(name, out var value))
        {
            return null;
        }

        var pointer = root.PointerOf(name);
        if (value.ValueKind != JsonValueKind.Array)
        {
            return StrictValue.Text(value, pointer, 1, 200, errors);
        }

        if (value.GetArrayLength() is 0 or > EntriesMax)
        {
            errors.Invalid(pointer, $"1 to {EntriesMax} entries are allowed.");
            return null;
        }

        return string.Join(',', value.EnumerateArray().Select((v, i) =>
            v.ValueKind == JsonValueKind.Number ? v.GetRawText() : StrictValue.Text(v, $"{pointer}/{i}", 1, 16, errors) ?? string.Empty));
    }
}
