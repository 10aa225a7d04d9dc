using System.Collections.Immutable;
using System.Text.Json;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Storyboards.Reading;
using Url2Video.Farm.Core.Storyboards.Sounds;

namespace Url2Video.Farm.Core.Storyboards;

/// <param name="Storyboard">The document, or null when there are errors.</param>
/// <param name="Errors">All that is wrong, in document order, each with its JSON pointer; at most 32.</param>
public sealed record StoryboardReading(Storyboard? Storyboard, ImmutableArray<FarmError> Errors)
{
    /// <exception cref="FarmException">The document has errors: the first one's code, all of them in the message.</exception>
    public Storyboard Require() => Storyboard ?? throw new FarmException(Merged());

    private FarmError Merged()
    {
        // A misspelt name usually explains the missing one, so it gives the report its code.
        var first = Errors.FirstOrDefault(e => e.Code == ErrorCodes.UnknownProperty) ?? Errors[0];
        return Errors.Length == 1
            ? first
            : first with
            {
                Message = $"{Errors.Length} errors in the storyboard:\n" + string.Join(
                    '\n', Errors.Select(e => $"  {e.Message} {e.WayOut}".TrimEnd())),
            };
    }
}

/// <summary>
/// Reads a storyboard document strictly: unknown properties, wrong types and values out of range are errors, never guesses.
/// </summary>
public static class StoryboardReader
{
    public const long SeedMax = (1L << 53) - 1;

    /// <summary>The objects of the format nest 6 deep.</summary>
    private const int DepthMax = 16;

    /// <param name="utf8">The document, UTF-8, with or without a byte order mark, at most <see cref="Limits.StoryboardBytesMax"/>.</param>
    public static StoryboardReading Read(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > Limits.StoryboardBytesMax)
        {
            return Failed(new FarmError(
                ErrorCodes.TooLarge, $"The storyboard has {utf8.Length} bytes; {Limits.StoryboardBytesMax} are allowed.", "Make several films of it."));
        }

        var body = utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = DepthMax });
            var errors = new ReadErrors();
            var root = new StrictObject(document.RootElement, "", errors);
            var storyboard = ReadRoot(root, errors);
            return errors.IsEmpty ? new StoryboardReading(storyboard, []) : new StoryboardReading(null, errors.ToImmutable());
        }
        catch (JsonException e)
        {
            return Failed(new FarmError(
                ErrorCodes.Format, $"The storyboard is not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}: {Sentence(e)}"));
        }
    }

    private static StoryboardReading Failed(FarmError error) => new(null, [error]);

    private static string Sentence(JsonException e) => e.Message.Split(" LineNumber:")[0];

    private static Storyboard ReadRoot(StrictObject root, ReadErrors errors)
    {
        CheckSchema(root, errors);
        var language = root.OptionalText("language", 2, 35) ?? "en";
        if (!LanguageTag.IsWellFormed(language))
        {
            errors.Invalid(
                root.PointerOf("language"), $"\"{language}\" is not a language tag.", "Write a BCP 47 tag such as en, de or pt-BR.");
        }

        var storyboard = new Storyboard(
            root.RequireText("title", 200),
            language,
            root.Child("canvas", c => ReadCanvas(c, errors)) ?? new Canvas(1920, 1080, new Rational(30, 1)),
            root.Child("voice", v => ReadVoice(v, language, errors)) ?? new Voice(Voice.DefaultFor(language), 100),
            root.Child("music", m => SoundReader.ReadMusic(m, errors)),
            SoundReader.ReadLoudness(root, errors),
            root.Child(
                "captions", c => new CaptionLook(c.Choice("placement", CaptionPlacement.Both), c.Choice("style", CaptionStyle.Boxed)))
                ?? new CaptionLook(CaptionPlacement.Both, CaptionStyle.Boxed),
            root.Child("palette", ReadPalette) ?? Palette.Default,
            root.List("scenes", 1, Limits.ScenesPerStoryboardMax, (v, p) => SceneReader.Read(v, p, language, errors)))
        {
            Look = LookReader.Read(root, errors),
            Space = root.Child("space", SoundReader.ReadSpace) ?? Space.Default,
            Watermark = BrandReader.ReadWatermark(root, errors),
        };
        root.Finish();
        CheckIds(storyboard.Scenes, root, errors);
        SoundReader.CheckCount(storyboard, root, errors);
        return storyboard;
    }

    private static void CheckSchema(StrictObject root, ReadErrors errors)
    {
        var schema = root.RequireText("schema", 64);
        if (schema is not ("?" or Storyboard.Schema))
        {
            errors.Invalid(
                root.PointerOf("schema"), $"\"{schema}\" is not a schema this version reads.", $"Write \"{Storyboard.Schema}\".");
        }
    }

    private static Canvas ReadCanvas(StrictObject canvas, ReadErrors errors)
    {
        var (width, height) = (canvas.Integer("width", 128, 7680, 1920), canvas.Integer("height", 128, 4320, 1080));
        if ((width | height) % 2 != 0)
        {
            errors.Invalid(
                canvas.Pointer,
                $"{width}×{height} has an odd side; colour is stored for blocks of two by two pixels.",
                "Use even numbers.");
        }

        return new Canvas(width, height, ReadFps(canvas, errors));
    }

    private static Rational ReadFps(StrictObject canvas, ReadErrors errors)
    {
        if (!canvas.TryGet("fps", out var value))
        {
            return new Rational(30, 1);
        }

        var text = value.ValueKind == JsonValueKind.String
            ? StrictValue.Text(value, canvas.PointerOf("fps"), 1, 16, errors) ?? ""
            : value.GetRawText();
        if (Rational.TryParse(text, out var fps) && fps.Denominator <= 1001 && fps.FloorTimes(1) is >= 1 and <= 120)
        {
            return fps;
        }

        errors.Invalid(canvas.PointerOf("fps"), $"\"{text}\" is not a frame rate.", "Write 1 to 120, such as 30 or \"30000/1001\".");
        return new Rational(30, 1);
    }

    private static Voice ReadVoice(StrictObject voice, string language, ReadErrors errors)
    {
        var id = voice.OptionalText("id", 1, 64) ?? Voice.DefaultFor(language);
        if (!VoiceId.IsWellFormed(id))
        {
            errors.Invalid(
                voice.PointerOf("id"),
                $"\"{id}\" is not a voice id.",
                "Write engine:voice, such as flite:rms or espeak:de; `url2video voices` lists them.");
        }

        return new Voice(id, voice.Integer("rate", 50, 200, 100)) { Enhance = voice.Choice("enhance", VoiceEnhance.Off) };
    }

    private static Palette ReadPalette(StrictObject palette) => new(
        palette.Colour("background", Palette.Default.Background),
        palette.Colour("surface", Palette.Default.Surface),
        palette.Colour("text", Palette.Default.Text),
        palette.Colour("accent", Palette.Default.Accent));

    private static void CheckIds(ImmutableArray<Scene> scenes, StrictObject root, ReadErrors errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < scenes.Length; i++)
        {
            if (!seen.Add(scenes[i].Id))
            {
                errors.Invalid($"{root.PointerOf("scenes")}/{i}/id", $"another scene is called \"{scenes[i].Id}\" too.");
            }
        }
    }
}
