using System.Collections.Immutable;
using Url2Video.Farm.Core.Quality;

namespace Url2Video.Farm.Core.Tests.Quality;

/// <summary>Which scene a text belongs to, and which logo it may not touch.</summary>
public sealed class TextRuleTests
{
    private static readonly SceneSpan s_first = new("first", 0, 60, 0);
    private static readonly SceneSpan s_second = new("second", 60, 60, 0);

    /// <summary>A scene before it was split: the chunk is used again, and its text is of the same scene as before, whatever its number is now.</summary>
    [Fact]
    public void Text_InAChunkFromBeforeASplit_IsOfTheSceneThatBeginsThere()
    {
        Assert.Equal(["second"], ScenesOf([s_first, s_second]));
        Assert.Equal(["second"], ScenesOf([s_first with { Frames = 24 }, new SceneSpan("new", 24, 36, 0), s_second]));

        static IEnumerable<string?> ScenesOf(ImmutableArray<SceneSpan> scenes) => Judge(scenes, Text(60, 64, x: 4)).Select(f => f.Scene);
    }

    [Fact]
    public void Texts_WithOneNumberInTwoScenes_StayTwo()
    {
        var texts = PictureTrack.Of([TapeOf(Text(0, 8, x: 4), Text(60, 64, x: 4))]).Texts();

        Assert.Equal([0L, 60L], texts.Select(t => t.Start));
    }

    [Fact]
    public void Logo_InAnotherCornerInEveryScene_IsHeldAgainstTheTextsOfItsOwn()
    {
        // Where the logo of the second scene is, the first one has its text.
        Assert.Empty(Judge([s_first, s_second], Logo(0, x: 1_700), Logo(60, x: 200), Text(0, 8, x: 200)));
        Assert.Equal(
            [FindingCodes.LogoSpace], Judge([s_first, s_second], Logo(0, x: 200), Logo(60, x: 1_700), Text(0, 8, x: 200)).Select(f => f.Code));
        Assert.Equal([FindingCodes.LogoSpace], Judge([s_first, s_second], Logo(-1, x: 200), Text(60, 64, x: 200)).Select(f => f.Code));
    }

    private static TextRow Text(long scene, long frame, int x) => new($"text/{scene:0000000000}/00", TextRole.Card, scene, x, 200, 300, 80, 9_000, frame);

    private static TextRow Logo(long scene, int x) => new(scene < 0 ? "logo" : $"logo/{scene:0000000000}", TextRole.Logo, scene, x, 200, 120, 80, 0, Math.Max(0, scene));

    private static PictureTape TapeOf(params TextRow[] texts) => Tapes.Of(0, 120, Tapes.Lively) with { Texts = [.. texts] };

    private static ImmutableArray<Finding> Judge(ImmutableArray<SceneSpan> scenes, params TextRow[] texts) =>
        Tapes.Judge(Tapes.Outline(120) with { Scenes = scenes }, TapeOf(texts)).Findings;
}
