using System.Collections.Immutable;
using FsCheck.Xunit;
using Url2Video.Farm.Content.Extraction;
using Url2Video.Farm.Content.Languages;
using Url2Video.Farm.Content.Tests.Support;
using Url2Video.Farm.Content.Writing;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Content.Tests.Writing;

public sealed class StoryWriterTests
{
    /// <summary>Whatever the source, the storyboard keeps the bounds of its own format and is the same every time.</summary>
    [Property(MaxTest = 150)]
    public void Write_AnySource_GivesAStoryboardItsReaderAccepts(int seed)
    {
        var document = AnySource.From(seed);
        var brief = Briefs.Plain with { SecondsTarget = seed % 3 == 0 ? null : 5 + Math.Abs(seed % 200), Seed = (ulong)seed, Music = seed % 2 == 0 };

        byte[] bytes;
        try
        {
            bytes = StoryboardWriter.Write(StoryWriter.Write(document, brief).Storyboard);
        }
        catch (FarmException e) when (e.Error.Code == ErrorCodes.NoText)
        {
            return;
        }

        Assert.Empty(StoryboardReader.Read(bytes).Errors);
        Assert.Equal(bytes, StoryboardWriter.Write(StoryWriter.Write(document, brief).Storyboard));
    }

    [Fact]
    public void Write_FiguresAndWordsWithoutEnd_KeepTheBoundsOfTheFormat()
    {
        var source = Sources.Long();
        string[] odd = [$"The wall cost {new string('9', 400)} {new string('x', 400)} in all.", $"It fell in {new string('y', 5_000)} again."];
        var blocks = odd.Select((text, i) => new Block(i, BlockKind.Paragraph, 0, text, 0, "p")).ToImmutableArray();

        var storyboard = Write(source with { Blocks = [.. blocks, .. source.Blocks.Select(b => b with { Id = b.Id + 2 })] }, Briefs.Plain with { SecondsTarget = 600 });

        Assert.Empty(StoryboardReader.Read(StoryboardWriter.Write(storyboard)).Errors);
    }

    [Fact]
    public void Write_EveryNarratedWord_StandsInTheSource()
    {
        var source = Sources.Long();
        var all = string.Join(' ', source.Blocks.Select(b => b.Text)).ToLowerInvariant();
        var scenes = Write(source, Briefs.Plain).Scenes.Where(s => s.Role is SceneRole.Point or SceneRole.Quote).ToList();

        Assert.NotEmpty(scenes);
        Assert.All(scenes.SelectMany(s => Words.Of(s.Say)), w => Assert.Contains(w, all, StringComparison.Ordinal));
        Assert.All(
            scenes, s => Assert.All(s.Provenance!.Quotes, q => Assert.Contains(q.ToLowerInvariant(), all, StringComparison.Ordinal)));
        Assert.All(
            scenes,
            s => Assert.All(
                s.Provenance!.Blocks, b => Assert.Equal(source.Blocks[b].Path, s.Provenance.Paths[s.Provenance.Blocks.IndexOf(b)])));
    }

    [Fact]
    public void Write_OnScreenText_IsNeverTheWholeNarration() =>
        Assert.All(
            Write(Sources.Long(), Briefs.Plain).Scenes.Where(s => s.Role == SceneRole.Point),
            s => Assert.All(s.Texts.SelectMany(t => t.Values), v => Assert.NotEqual(s.Say.TrimEnd('.'), v.TrimEnd('.'))));

    [Fact]
    public void Write_Pictures_AreAllUsedBeforeAnyIsUsedAgainAndNeverTwiceInARow()
    {
        var source = Sources.WithImages(5);
        var used = Write(source, Briefs.Plain with { SecondsTarget = 60 }).Scenes.Select(s => (s.Visual as Visual.Image)?.Asset).ToList();

        Assert.Equal(5, used.OfType<VisualAsset.Resolved>().Distinct().Count());
        for (var i = 1; i < used.Count; i++)
        {
            Assert.True(used[i] is null || used[i] != used[i - 1], $"scene {i} shows the picture of the scene before");
        }
    }

    [Fact]
    public void Write_Pictures_SayWhyAndStandNearTheirWords()
    {
        var scenes = Write(Sources.WithImages(5), Briefs.Plain with { SecondsTarget = 60 }).Scenes;

        Assert.All(scenes, s => Assert.False(string.IsNullOrEmpty(s.Visual.Why)));
        Assert.All(scenes, s => Assert.InRange(s.Visual.Score!.Value, 0, 100));
        Assert.Equal(90, scenes[0].Visual.Score);
    }

    [Fact]
    public void Write_SmallImages_AreLeftOutWithAWarning()
    {
        var source = Sources.WithImages(2);
        source = source with { Images = [.. source.Images.Select(i => i with { Width = 220, Height = 210 })] };

        var (storyboard, warnings) = StoryWriter.Write(source, Briefs.Plain);

        Assert.All(storyboard.Scenes, s => Assert.IsType<Visual.Procedural>(s.Visual));
        Assert.Contains(warnings, w => w.Contains("too small", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_OtherSeed_ChangesMovesAndMusicButNotTheWords()
    {
        var (a, b) = (Write(Sources.WithImages(5), Briefs.Plain), Write(Sources.WithImages(5), Briefs.Plain with { Seed = 99 }));

        Assert.Equal(a.Scenes.Select(s => s.Say), b.Scenes.Select(s => s.Say));
        Assert.NotEqual(a.Music, b.Music);
        Assert.NotEqual(
            a.Scenes.Select(s => s.Visual).OfType<Visual.Image>().Select(i => i.Camera), b.Scenes
                .Select(s => s.Visual).OfType<Visual.Image>().Select(i => i.Camera));
    }

    [Fact]
    public void Write_Brief_DecidesCanvasVoiceMusicLoudnessAndCaptions()
    {
        var storyboard = Write(
            Sources.Long(), new Brief(1080, 1920, new Rational(25, 1), 20, "flite:awb", "en-GB", -230, false, CaptionPlacement.Sidecar, 5));

        Assert.Equal(new Canvas(1080, 1920, new Rational(25, 1)), storyboard.Canvas);
        Assert.Equal(("flite:awb", "en-GB"), (storyboard.Voice.Id, storyboard.Language));
        Assert.Null(storyboard.Music);
        Assert.Equal(-230, storyboard.LoudnessLufsTenths);
        Assert.Equal(CaptionPlacement.Sidecar, storyboard.Captions.Placement);
    }

    [Fact]
    public void Write_BadVoiceId_IsRefused() =>
        Assert.Equal(
            ErrorCodes.VoiceNotFound,
            Assert.Throws<FarmException>(() => StoryWriter.Write(Sources.Long(), Briefs.Plain with { Voice = "rms" })).Error.Code);

    [Fact]
    public void Write_OtherLanguageThanTheText_Warns() =>
        Assert.Contains(
            StoryWriter.Write(Sources.Long(), Briefs.Plain with { Language = "de" }).Warnings,
            w => w.Contains("nothing is translated", StringComparison.Ordinal));

    [Fact]
    public void Write_ProductWithFacts_ShowsPriceAndRatingAsWritten()
    {
        var source = Sources.Long() with { Kind = SourceKind.Product, Product = new ProductFacts(
            "Mug", null, null, "12.50", "EUR", "4.5", 12) };

        var numbers = Write(source, Briefs.Plain).Scenes.Where(s => s.Role == SceneRole.Number).ToList();

        Assert.Equal(["4.5 / 5", "€12.50"], numbers.Select(s => s.Texts[0].Values[0]));
        Assert.Equal("The price is €12.50.", numbers[1].Say);
    }

    private static Storyboard Write(SourceDoc source, Brief brief) => StoryWriter.Write(source, brief).Storyboard;
}
