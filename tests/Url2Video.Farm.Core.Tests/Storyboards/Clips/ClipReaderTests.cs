using System.Collections.Immutable;
using System.Text;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Core.Tests.Storyboards.Clips;

public sealed class ClipReaderTests
{
    [Fact]
    public void Read_OnlyTheAsset_IsTheWholeClipOnceWithoutSound()
    {
        var clip = ClipOf("");

        Assert.Equal(new VisualAsset.InBundle("clips/a.mp4"), clip.Asset);
        Assert.Equal(ClipCut.Whole, clip.Cut);
        Assert.Equal((Fit.Cover, Point.Centre, Camera.Still, null), (clip.Fit, clip.Focus, clip.Camera, clip.Sound));
    }

    [Fact]
    public void Read_EverythingSaid_IsUnderstoodAndWrittenBack()
    {
        var clip = ClipOf("""
            ,"startMs":1000,"endMs":2500,"loop":true,"fit":"contain","focus":{"x":0.25},"sound":{"gain":-6.5},"alt":"Tea","why":"shows it","score":80,
            "camera":{"from":{"zoom":1.5},"to":{"zoom":1},"easing":"linear"}
            """);

        Assert.Equal(new ClipCut(1_000, 2_500, 1_000, true), clip.Cut);
        Assert.Equal((-65, "Tea", Fit.Contain, 2_500), (clip.Sound!.GainDecibelTenths, clip.Alt, clip.Fit, clip.Focus.X));
        Assert.Equal((15_000, Easing.Linear), (clip.Camera.From.Zoom, clip.Camera.Easing));

        var board = Read(Document(""",  "speed": 0.125""")).Require();
        Assert.Equal(125, ((Visual.Clip)board.Scenes[0].Visual).Cut.SpeedThousandths);
        Assert.Equal(board.Scenes[0].Visual, StoryboardReader.Read(StoryboardWriter.Write(board)).Require().Scenes[0].Visual);
    }

    [Theory]
    [InlineData(""","startMs":-1""", "/startMs", "0 to 3600000")]
    [InlineData(""","startMs":2000,"endMs":2000""", "/endMs", "first picture")]
    [InlineData(""","speed":0.05""", "/speed", "0.1 to 10")]
    [InlineData(""","speed":0.3333""", "/speed", "3 decimals")]
    [InlineData(""","loop":"hold" """, "/loop", "true or false")]
    [InlineData(""","speed":2,"sound":{}""", "/sound", "speed 1 only")]
    [InlineData(""","sound":{"gain":13}""", "/sound/gain", "-40 to 12")]
    [InlineData(""","sound":true""", "/sound", "an object")]
    [InlineData(""","camera":{"move":"panLeft"}""", "/camera/move", "from and to")]
    [InlineData(""","lop":true""", "/lop", "loop")]
    [InlineData(""","pattern":"grid" """, "/pattern", "Known here")]
    public void Read_WrongClip_IsOneErrorAtItsPointer(string more, string pointer, string said)
    {
        var error = Assert.Single(Read(Document(more)).Errors);

        Assert.Contains($"/scenes/0/visual{pointer}", error.Message, StringComparison.Ordinal);
        Assert.Contains(said, $"{error.Message} {error.WayOut}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"kind":"clip"}""", "/scenes/0/visual/asset")]
    [InlineData("""{"kind":"clip","asset":"../a.mp4"}""", "/scenes/0/visual/asset")]
    [InlineData("""{"kind":"clip","asset":"http://a.example/a.mp4"}""", "/scenes/0/visual/asset")]
    public void Read_NoAssetInTheBundle_IsAnError(string visual, string pointer)
    {
        var document = $$"""{"schema":"url2video.storyboard/1","title":"T","scenes":[{"visual":{{visual}} }]}""";

        Assert.Contains(Read(document).Errors, e => e.Message.Contains(pointer, StringComparison.Ordinal));
    }

    /// <summary>A cut is a matter of its scene's picture; gain, one of the mix; a clip that is not heard is none.</summary>
    [Fact]
    public void FactsOf_ClipsEdited_TouchesOnlyWhatDependsOnIt()
    {
        var (silent, heard) = (FactsOf("", ""), FactsOf(""","sound":{}""", ""));
        var (louder, later) = (FactsOf(""","sound":{"gain":3}""", ""), FactsOf(""","sound":{},"startMs":40""", ""));
        var (slow, slowOther) = (FactsOf(""","speed":0.5""", ""), FactsOf("", ""","speed":0.5"""));

        Assert.Equal(silent.Scenes[0].Visual, heard.Scenes[0].Visual);
        Assert.NotEqual(silent.Mix, heard.Mix);
        Assert.Equal(heard.Scenes[0].Visual, louder.Scenes[0].Visual);
        Assert.NotEqual(heard.Mix, louder.Mix);
        Assert.NotEqual(heard.Scenes[0].Visual, later.Scenes[0].Visual);
        Assert.NotEqual(heard.Mix, later.Mix);
        Assert.Equal((silent.Mix, silent.Scenes[1].Visual), (slow.Mix, slow.Scenes[1].Visual));
        Assert.NotEqual(silent.Scenes[0].Visual, slow.Scenes[0].Visual);
        Assert.Equal((silent.Mix, silent.Scenes[0].Visual), (slowOther.Mix, slowOther.Scenes[0].Visual));
    }

    [Fact]
    public void HeardClips_OfAPlan_LieAtTheirScenesAndFadeWithTheirTransitions()
    {
        var board = Read(Two(""","sound":{}""", ""","sound":{"gain":-6}""")).Require();
        ImmutableArray<SceneSlot> slots = [new(0, 0, 96_000, 0, 60, 0, 0), new(1, 96_000, 48_000, 60, 30, 15, 96_000)];

        var heard = HeardClips.Of(board, slots);

        Assert.Equal([(0L, 96_000L + 24_000, 0, 24_000), (96_000L, 48_000L, 24_000, 0)], heard.Select(h => (h.StartSample, h.Samples, h.FadeInSamples, h.FadeOutSamples)));
        Assert.Equal(["scene-1", "scene-2"], heard.Select(h => h.SceneId));
    }

    private static Contracts.StoryboardFacts FactsOf(string first, string second) => StoryboardDigest.FactsOf(Read(Two(first, second)).Require());

    private static string Two(string first, string second) =>
        $$"""
        {"schema":"url2video.storyboard/1","title":"T","scenes":[
          {"visual":{"kind":"clip","asset":"clips/a.mp4"{{first}} } }, {"visual":{"kind":"clip","asset":"clips/b.gif"{{second}} } }]}
        """;

    private static Visual.Clip ClipOf(string more) => (Visual.Clip)Read(Document(more)).Require().Scenes[0].Visual;

    private static string Document(string more) =>
        $$"""{"schema":"url2video.storyboard/1","title":"T","scenes":[{"visual":{"kind":"clip","asset":"clips/a.mp4"{{more}} } }]}""";

    private static StoryboardReading Read(string document) => StoryboardReader.Read(Encoding.UTF8.GetBytes(document));
}
