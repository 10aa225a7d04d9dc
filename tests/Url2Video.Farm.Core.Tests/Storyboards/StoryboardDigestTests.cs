using FsCheck.Xunit;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Core.Storyboards.Sounds;

namespace Url2Video.Farm.Core.Tests.Storyboards;

public sealed class StoryboardDigestTests
{
    [Property(MaxTest = 200)]
    public void FactsOf_OneScenesWordsChanged_ChangesOnlyThatScene(int seed)
    {
        var before = AnyStoryboard.From(seed);
        var changed = new Random(seed).Next(before.Scenes.Length);
        var after = before with { Scenes = before.Scenes.SetItem(
            changed, before.Scenes[changed] with { Say = before.Scenes[changed].Say + " More." }) };

        var (a, b) = (StoryboardDigest.FactsOf(before), StoryboardDigest.FactsOf(after));

        Assert.Equal(a.Mix, b.Mix);
        for (var i = 0; i < before.Scenes.Length; i++)
        {
            Assert.Equal(i != changed, a.Scenes[i].Say == b.Scenes[i].Say);
            Assert.Equal(i != changed || !before.Captions.IsBurned, a.Scenes[i].Visual == b.Scenes[i].Visual);
        }
    }

    [Property(MaxTest = 200)]
    public void FactsOf_OneScenesScreenTextChanged_ChangesOnlyThatPicture(int seed)
    {
        var before = AnyStoryboard.From(seed);
        var changed = new Random(seed).Next(before.Scenes.Length);
        var after = before with { Scenes = before.Scenes.SetItem(
            changed, before.Scenes[changed] with { Texts = [new TextElement(TextKind.Caption, ["new words"])] }) };

        var (a, b) = (StoryboardDigest.FactsOf(before), StoryboardDigest.FactsOf(after));

        Assert.Equal(a.Mix, b.Mix);
        for (var i = 0; i < before.Scenes.Length; i++)
        {
            Assert.Equal(a.Scenes[i].Say, b.Scenes[i].Say);
            Assert.Equal(i != changed, a.Scenes[i].Visual == b.Scenes[i].Visual);
        }
    }

    /// <summary>Which hashes each kind of edit may touch: S speech, V picture, M mix.</summary>
    [Theory]
    [InlineData("palette", "V")]
    [InlineData("captionStyle", "V")]
    [InlineData("canvas", "V")]
    [InlineData("visual", "V")]
    [InlineData("role", "V")]
    [InlineData("transitionKind", "V")]
    [InlineData("look", "V")]
    [InlineData("filmLook", "V")]
    [InlineData("cleanLook", "")]
    [InlineData("effects", "V")]
    [InlineData("watermark", "V")]
    [InlineData("logo", "V")]
    [InlineData("plugins", "V")]
    [InlineData("music", "M")]
    [InlineData("loudness", "M")]
    [InlineData("duck", "M")]
    [InlineData("musicFile", "M")]
    [InlineData("room", "M")]
    [InlineData("sounds", "M")]
    [InlineData("enhance", "SV")]
    [InlineData("narration", "SV")]
    [InlineData("voice", "SV")]
    [InlineData("rate", "SV")]
    [InlineData("title", "")]
    [InlineData("timing", "")]
    [InlineData("why", "")]
    [InlineData("provenance", "")]
    [InlineData("id", "")]
    public void FactsOf_Edit_TouchesOnlyWhatDependsOnIt(string edit, string touched)
    {
        var before = Plain();
        var (a, b) = (StoryboardDigest.FactsOf(before), StoryboardDigest.FactsOf(Edited(before, edit)));

        var actual = (a.Scenes[0].Say == b.Scenes[0].Say ? "" : "S") + (
            a.Scenes[0].Visual == b.Scenes[0].Visual ? "" : "V") + (a.Mix == b.Mix ? "" : "M");
        Assert.Equal(touched, actual);
    }

    [Fact]
    public void FactsOf_CaptionsBesideTheFilm_LeaveThePictureAloneWhenWordsChange()
    {
        var before = Plain() with { Captions = new CaptionLook(CaptionPlacement.Sidecar, CaptionStyle.Boxed) };
        var after = before with { Scenes = [before.Scenes[0] with { Say = "Other words." }] };

        Assert.Equal(StoryboardDigest.FactsOf(before).Scenes[0].Visual, StoryboardDigest.FactsOf(after).Scenes[0].Visual);
    }

    /// <summary>Points are timed by the lead and the tail: the picture must not be taken from a cache after either is edited.</summary>
    [Fact]
    public void FactsOf_TimingOfASceneWithBullets_IsPartOfThePicture()
    {
        var plain = Plain();
        var scene = plain.Scenes[0] with { Texts = [new TextElement(TextKind.Bullets, ["one", "two"])] };
        SceneTiming[] timings = [scene.Timing, scene.Timing with { MsLead = 900 }, scene.Timing with { MsTail = 900 }];

        var visuals = timings.Select(t => StoryboardDigest.FactsOf(plain with { Scenes = [scene with { Timing = t }] }).Scenes[0].Visual);

        Assert.Equal(3, visuals.Distinct().Count());
    }

    [Fact]
    public void FactsOf_SilentFirstScene_NeedsNoVoiceAndHasNoTransition()
    {
        var storyboard = Plain();
        var facts = StoryboardDigest.FactsOf(
            storyboard with { Scenes = [storyboard.Scenes[0] with { Say = "" }, storyboard.Scenes[0] with { Id = "b" }] });

        Assert.Null(facts.Scenes[0].Say);
        Assert.Empty(facts.Scenes[0].Needs);
        Assert.Equal(0, facts.Scenes[0].MsTransition);
        Assert.Equal("voice:flite", Assert.Single(facts.Scenes[1].Needs));
        Assert.Equal(500, facts.Scenes[1].MsTransition);
    }

    /// <summary>Rendered films are found by this: a document without looks and effects is hashed over what it was hashed over before they came.</summary>
    [Fact]
    public void FactsOf_DocumentWithoutLooks_HasTheHashItAlwaysHad()
    {
        const string Canonical = """
            {"of":"visual/1","canvas":{"width":1920,"height":1080,"fps":"30"},"palette":{"background":"#0e1424","surface":"#1b2540","text":"#f7f9fc","accent":"#4fb3ff"},"captions":"boxed","say":"Words.","spoken":"en","voice":{"id":"flite:rms","rate":100},"language":"en","role":"point","text":[],"visual":{"kind":"procedural","pattern":"grid","seed":1},"transition":"crossFade"}
            """;
        var expected = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Canonical)));

        Assert.Equal(expected, StoryboardDigest.FactsOf(Plain()).Scenes[0].Visual);
    }

    /// <summary>A scene's own look stands before the film's; one name or another for the same numbers is the same picture.</summary>
    [Fact]
    public void FactsOf_OwnLook_HidesTheFilms()
    {
        var own = Edited(Plain(), "look");
        var both = own with { Look = new Look(LookName.Noir, LookTable.Of(LookName.Noir)) };
        var renamed = own with { Scenes = [own.Scenes[0] with { Look = own.Scenes[0].Look! with { Name = LookName.Clean } }] };

        var visuals = new[] { own, both, renamed }.Select(s => StoryboardDigest.FactsOf(s).Scenes[0].Visual);

        Assert.Single(visuals.Distinct());
    }

    /// <summary>A recording needs no voice; words alone do.</summary>
    [Fact]
    public void FactsOf_SceneWithARecording_NeedsNoVoiceAndIsNotSilent()
    {
        var plain = Plain();
        var facts = StoryboardDigest.FactsOf(plain with { Scenes = [plain.Scenes[0] with { Say = "", Narration = new VisualAsset.InBundle("a.wav") }] });

        Assert.NotNull(facts.Scenes[0].Say);
        Assert.Empty(facts.Scenes[0].Needs);
    }

    /// <summary>The hashes that films of the first releases have: a change here would make every one of them anew.</summary>
    [Fact]
    public void FactsOf_PlainDocument_KeepsTheHashesOfTheFirstRelease()
    {
        var facts = StoryboardDigest.FactsOf(Plain() with { Music = new Music(MusicMood.Warm, 7) });

        Assert.Equal("cf76d095a22ab3ac1b695601959ab98038f690acff86a54cbb3c405085c75d72", facts.Mix);
        Assert.Equal("f15315c8e9be12f8de76ca52ecb3c540a4b17bcc3ad4cd88603c57dec338b9a5", facts.Scenes[0].Say);
        Assert.Equal("8832960c74996a1ccad6892d996107d586b83afa0033383f23afbb47f96f9b35", facts.Scenes[0].Visual);
    }

    [Fact]
    public void FactsOf_WordsOfAFilmWhoseMusicFollowsThem_AreInTheMixOnlyWhenTheMoodChanges()
    {
        var before = Plain() with { Music = new Music(MusicMood.Auto, 0) };
        string Mix(string say) => StoryboardDigest.FactsOf(before with { Scenes = [before.Scenes[0] with { Say = say }] }).Mix;

        Assert.Equal(Mix("Words."), Mix("Other words."));
        Assert.NotEqual(Mix("Words."), Mix("A funeral, grief and tears."));
    }

    private static Storyboard Plain() => new(
        "T", "en", new Canvas(1920, 1080, new Rational(30, 1)), new Voice("flite:rms", 100), null, -140,
        new CaptionLook(CaptionPlacement.Burned, CaptionStyle.Boxed), Palette.Default,
        [new Scene(
            "a",
            SceneRole.Point,
            "Words.",
            [],
            new Visual.Procedural(Pattern.Grid, 1, null, null),
            Transition.Default,
            SceneTiming.Default,
            null)]);

    private static Storyboard Edited(Storyboard s, string edit) => edit switch
    {
        "palette" => s with { Palette = s.Palette with { Accent = new Rgb(1, 2, 3) } },
        "captionStyle" => s with { Captions = s.Captions with { Style = CaptionStyle.Clean } },
        "canvas" => s with { Canvas = s.Canvas with { Width = 1280 } },
        "music" => s with { Music = new Music(MusicMood.Calm, 0) },
        "duck" => s with { Music = new Music(MusicMood.Calm, 0) { Duck = new Duck(20, 300, 800) } },
        "musicFile" => s with { Music = new Music(MusicMood.Calm, 0) { File = new MusicFile(new VisualAsset.InBundle("a.mp3"), 0, MusicEnd.Loop) } },
        "room" => s with { Space = new Space(RoomSize.Small, 30, null) },
        "enhance" => s with { Voice = s.Voice with { Enhance = VoiceEnhance.Light } },
        "loudness" => s with { LoudnessLufsTenths = -230 },
        "voice" => s with { Voice = s.Voice with { Id = "flite:slt" } },
        "rate" => s with { Voice = s.Voice with { RatePercent = 90 } },
        "title" => s with { Title = "U" },
        "watermark" => s with { Watermark = new Watermark(null, "Acme", MarkAnchor.Auto, 400, 4_000, 70) },
        "filmLook" => s with { Look = new Look(LookName.Noir, LookTable.Of(LookName.Noir)) },
        _ => s with { Scenes = [Edited(s.Scenes[0], edit)] },
    };

    private static Scene Edited(Scene s, string edit) => edit switch
    {
        "visual" => s with { Visual = new Visual.Procedural(Pattern.Grid, 2, null, null) },
        "sounds" => s with { Sounds = [new SceneSound(SoundKind.Pop, SoundAnchor.Start, 0, 0, 1, 20, 0, null)] },
        "narration" => s with { Narration = new VisualAsset.InBundle("a.wav") },
        "role" => s with { Role = SceneRole.Hook },
        "transitionKind" => s with { Transition = new Transition(TransitionKind.Cut, 0) },
        "look" => s with { Look = new Look(LookName.Warm, LookTable.Of(LookName.Warm)) },
        "cleanLook" => s with { Look = new Look(LookName.Clean, LookTable.Of(LookName.Clean)) },
        "effects" => s with { Effects = [new SceneEffect(EffectKind.Snow, 85, 300, 0)] },
        "plugins" => s with { Plugins = [new ScenePlugin("vintage", new string('a', 64), [], 0)] },
        "logo" => s with { Logo = new SceneLogo(new VisualAsset.InBundle("images/a.png"), LogoReveal.Scale, 0, 1_200, 4_500, Point.Centre, 0) },
        "timing" => s with { Timing = s.Timing with { MsTail = 1 } },
        "why" => s with { Visual = s.Visual with { Why = "because", Score = 3 } },
        "provenance" => s with { Provenance = new Provenance(null, [], [], []) },
        "id" => s with { Id = "other" },
        _ => throw new ArgumentOutOfRangeException(nameof(edit), edit, "No such edit."),
    };
}
