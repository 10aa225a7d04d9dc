using System.Collections.Immutable;
using Url2Video.Farm.Content.Extraction;
using Url2Video.Farm.Content.Ingest;
using Url2Video.Farm.Content.Languages;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Content.Writing;

/// <summary>A source and a brief become a storyboard. Pure: the same source, brief and seed give the same document.</summary>
internal static class StoryWriter
{
    public static (Storyboard Storyboard, ImmutableArray<string> Warnings) Write(SourceDoc document, Brief brief)
    {
        var warnings = ImmutableArray.CreateBuilder<string>();
        var language = LanguageOf(document, brief, warnings);
        var sourceWords = document.Blocks.Where(
            b => b.Kind is BlockKind.Paragraph or BlockKind.Quote or BlockKind.ListItem).Sum(b => Words.CountOf(b.Text));
        var seconds = brief.SecondsTarget ?? Pace.SecondsFor(sourceWords);

        var beats = ScriptBuilder.Build(document, document.Language, seconds * 1_000)
            .Where(b => b.Say.Length <= Limits.NarrationCharsMax) // A "word" of thousands of letters is no sentence.
            .Take(Limits.ScenesPerStoryboardMax).ToList();
        if (beats.Count < 2)
        {
            throw new FarmException(
                ErrorCodes.NoText,
                $"\"{document.Title}\" has no sentence that can be told.",
                "Give a source with at least two whole sentences.");
        }

        WarnOfLength(FilmLength.Millis(beats, document.Language), brief.SecondsTarget, warnings);

        var canvas = new Canvas(brief.Width, brief.Height, brief.Fps);
        var storyboard = new Storyboard(
            document.Title,
            language,
            canvas,
            new Voice(brief.Voice is { } voice ? BriefOverrides.Checked(voice) : Voice.DefaultFor(language), 100),
            brief.Music ? new Music(MoodOf(document), SeededRandom.SeedFor(brief.Seed, Purpose.Music, 0)) : null,
            brief.LoudnessLufsTenths,
            new CaptionLook(brief.Captions, CaptionStyle.Karaoke),
            PaletteMaker.From(document.ThemeColour),
            ScenesOf(beats, document, canvas, brief.Seed, warnings));
        return (storyboard, warnings.ToImmutable());
    }

    /// <summary>Nobody should find out by watching that a film is not as long as was asked.</summary>
    private static void WarnOfLength(long millis, int? secondsTarget, ImmutableArray<string>.Builder warnings)
    {
        if (secondsTarget is not { } wanted)
        {
            return;
        }

        var seconds = (millis + 500) / 1_000;
        if (millis * 100 < wanted * 1_000L * (100 - Pace.OffPercentMax))
        {
            warnings.Add($"The page has words for {seconds} s of the {wanted} s that were asked for.");
        }
        else if (millis * 100 > wanted * 1_000L * (100 + Pace.OffPercentMax))
        {
            warnings.Add($"The shortest telling of the page takes {seconds} s, not {wanted} s.");
        }
    }

    private static string LanguageOf(SourceDoc document, Brief brief, ImmutableArray<string>.Builder warnings)
    {
        if (brief.Language is not { } wanted)
        {
            return document.Language;
        }

        if (LanguageTag.PrimaryOf(wanted) != document.Language)
        {
            warnings.Add($"The text is in {document.Language} and will be read by a voice for {wanted}: nothing is translated.");
        }

        return wanted;
    }

    private static MusicMood MoodOf(SourceDoc document) => document.Kind switch
    {
        SourceKind.Product => MusicMood.Bright,
        SourceKind.Landing => MusicMood.Warm,
        _ => MusicMood.Calm,
    };

    private static ImmutableArray<Scene> ScenesOf(
        List<Beat> beats, SourceDoc document, Canvas canvas, ulong seed, ImmutableArray<string>.Builder warnings)
    {
        ImmutableArray<SourceImage> images = [.. document.Images.Where(i => CameraMoves.IsUsable(i, canvas))];
        if (images.Length < document.Images.Length)
        {
            warnings.Add(
                $"{document.Images.Length - images.Length} images of the page are too small for {canvas.Width}×{canvas.Height} and were left out.");
        }

        var pictures = PictureMatch.Choose(beats, images, document, document.Language);
        var texts = new ScreenText(document, document.Language);
        return
        [
            .. beats.Select((beat, index) => new Scene(
                $"scene-{index + 1}",
                beat.Role,
                beat.Say,
                [.. texts.For(beat).Select(t => t with { Values = [.. t.Values.Select(v => Cut(v, TextElement.CharsMax))] })],
                pictures[index] is { } picture ? ImageOf(picture, canvas, seed, index) : BackgroundOf(beat, seed, index, images.IsEmpty),
                Transition.Default,
                FilmLength.TimingOf(beats, index),
                ProvenanceOf(beat, document))),
        ];
    }

    private static Visual.Image ImageOf(PictureChoice picture, Canvas canvas, ulong seed, int index)
    {
        var (fit, camera) = CameraMoves.For(picture.Image, canvas, seed, index);
        var alt = picture.Image.Alt.Length > 0 ? picture.Image.Alt : picture.Image.Caption;
        return new Visual.Image(
            new VisualAsset.Resolved(picture.Image.Artifact), Cut(alt, 1_000), Point.Centre, fit, camera, Cut(picture.Why, 400), picture.Score);
    }

    private static Visual.Procedural BackgroundOf(Beat beat, ulong seed, int index, bool hasNoImages)
    {
        var pattern = beat.Role switch
        {
            SceneRole.Number => Pattern.Grid,
            SceneRole.Quote => Pattern.Gradient,
            _ => (Pattern)SeededRandom.Choose(seed, Purpose.Background, index / 2, Enum.GetValues<Pattern>().Length),
        };
        var why = hasNoImages ? "The source has no usable picture." : "No picture of the source is free for these words.";
        return new Visual.Procedural(pattern, SeededRandom.SeedFor(seed, Purpose.Background, index), why, 0);
    }

    private static Provenance? ProvenanceOf(Beat beat, SourceDoc document)
    {
        var url = document.Url is { Length: <= Limits.UrlCharsMax } known ? known : null;
        if (beat.Sentences.IsEmpty)
        {
            return url is null ? null : new Provenance(url, [], [], []);
        }

        var blocks = beat.Sentences.Select(s => s.Block).Distinct().Take(Provenance.EntriesMax).ToImmutableArray();
        return new Provenance(
            url,
            blocks,
            [.. blocks.Select(b => document.Blocks[b].Path)],
            [.. beat.Sentences.Take(Provenance.EntriesMax).Select(s => Cut(s.Text, Provenance.QuoteCharsMax))]);
    }

    private static string Cut(string text, int charsMax)
    {
        if (text.Length <= charsMax)
        {
            return text;
        }

        // Never half of a surrogate pair.
        var end = charsMax - 1;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end), "…");
    }
}
