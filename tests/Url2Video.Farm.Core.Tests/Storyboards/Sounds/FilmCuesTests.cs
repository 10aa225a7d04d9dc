using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Core.Storyboards.Sounds;

namespace Url2Video.Farm.Core.Tests.Storyboards.Sounds;

public sealed class FilmCuesTests
{
    private static readonly SceneSound Pop = new(SoundKind.Pop, SoundAnchor.Start, 0, 0, 1, 20, 9, null);

    [Theory]
    [InlineData(SoundAnchor.Start, 0, 480_000)]
    [InlineData(SoundAnchor.Start, 250, 492_000)]
    [InlineData(SoundAnchor.Transition, 0, 494_400)]
    [InlineData(SoundAnchor.Speech, -10, 503_520)]
    [InlineData(SoundAnchor.End, -1_000, 624_000)]
    public void Of_Anchor_IsItsMomentOfTheScene(SoundAnchor on, int ms, long sample)
    {
        var cues = FilmCues.Of(Board([], [Pop with { On = on, MsAt = ms }]), Slots);

        Assert.Equal(new FilmCue(sample, SoundKind.Pop, 0, 9, null), Assert.Single(cues));
    }

    [Fact]
    public void Of_FirstScene_HasNoTransition() =>
        Assert.Equal(0, FilmCues.Of(Board([Pop with { On = SoundAnchor.Transition }], []), Slots)[0].Sample);

    [Fact]
    public void Of_Repetitions_AreEvenAndEachAnotherTake()
    {
        var cues = FilmCues.Of(Board([Pop with { Count = 4, MsEvery = 20 }], [Pop]), Slots);

        Assert.Equal([0, 960, 1_920, 2_880, 480_000], cues.Select(c => c.Sample));
        Assert.Equal([9ul, 10, 11, 12, 9], cues.Select(c => c.Seed));
    }

    /// <summary>50 letters a second: one every 960 samples, counted from the scene's place in the film.</summary>
    [Fact]
    public void TypedText_HasAStrokeForEveryLetter_WhereItsSceneStands()
    {
        var board = Board([], []);
        var typed = new TextElement(TextKind.Title, ["ab c"]) { Animation = TextAnimation.DefaultOf(TextAnimationKind.Typewriter) with { Keys = KeySound.Mechanical } };
        board = board with { Scenes = [board.Scenes[0] with { Texts = [] }, board.Scenes[1] with { Texts = [typed] }] };

        var cues = FilmCues.Of(board, Slots);
        var keys = KeyCues.Of(board.Scenes[1], board.Canvas.Fps);

        Assert.Equal(4, cues.Length);
        Assert.Equal(keys.Select(k => 480_000 + k.Sample), cues.Select(c => c.Sample));
        Assert.All(cues, c => Assert.Equal(SoundKind.Key, c.Kind));
        Assert.All(cues.Zip(cues.Skip(1)), pair => Assert.Equal(960, pair.Second.Sample - pair.First.Sample));
    }

    private static System.Collections.Immutable.ImmutableArray<SceneSlot> Slots =>
        [new(0, 0, 480_000, 0, 300, 0, 12_000), new(1, 480_000, 192_000, 300, 120, 18, 504_000)];

    private static Storyboard Board(SceneSound[] first, SceneSound[] second)
    {
        var board = AnyStoryboard.From(1);
        var scene = board.Scenes[0] with { Transition = new Transition(TransitionKind.CrossFade, 600), Sounds = [.. first] };
        return board with { Scenes = [scene, scene with { Id = "b", Sounds = [.. second] }] };
    }
}
