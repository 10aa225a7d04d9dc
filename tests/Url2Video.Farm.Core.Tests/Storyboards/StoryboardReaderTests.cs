using System.Text;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Core.Tests.Storyboards;

public sealed class StoryboardReaderTests
{
    private const string Smallest = """{"schema":"url2video.storyboard/1","title":"T","scenes":[{"say":"Hello."}]}""";

    [Fact]
    public void Read_SmallestDocument_FillsInEveryDefault()
    {
        var storyboard = Read(Smallest).Require();

        Assert.Equal(new Canvas(1920, 1080, new Rational(30, 1)), storyboard.Canvas);
        Assert.Equal(new Voice("flite:rms", 100), storyboard.Voice);
        Assert.Null(storyboard.Music);
        Assert.Equal(-140, storyboard.LoudnessLufsTenths);
        Assert.Equal(new CaptionLook(CaptionPlacement.Both, CaptionStyle.Boxed), storyboard.Captions);
        Assert.Equal(Palette.Default, storyboard.Palette);
        var scene = Assert.Single(storyboard.Scenes);
        Assert.Equal(("scene-1", SceneRole.Point, "Hello."), (scene.Id, scene.Role, scene.Say));
        Assert.Equal(SceneTiming.Default, scene.Timing);
        Assert.Equal(Transition.Default, scene.Transition);
        Assert.IsType<Visual.Procedural>(scene.Visual);
    }

    [Fact]
    public void Read_AnotherLanguageWithoutVoice_ChoosesAVoiceThatSpeaksIt() =>
        Assert.Equal(
            "espeak:de",
            Read(Smallest.Replace("\"title\"", "\"language\":\"de-AT\",\"title\"", StringComparison.Ordinal)).Require().Voice.Id);

    [Theory]
    [InlineData("""{"kind":"image","asset":"a.jpg","focs":{"x":0.5}}""", "/scenes/0/visual/focs", "focus")]
    [InlineData("""{"kind":"image","asset":"a.jpg","camera":{"form":{"zoom":2}}}""", "/scenes/0/visual/camera/form", "from")]
    [InlineData("""{"kind":"procedural","patern":"grid"}""", "/scenes/0/visual/patern", "pattern")]
    public void Read_UnknownProperty_NamesItAndWhatWasMeant(string visual, string pointer, string meant)
    {
        var error = Assert.Single(Read(WithScene($"\"visual\":{visual}")).Errors);

        Assert.Equal(ErrorCodes.UnknownProperty, error.Code);
        Assert.StartsWith(pointer + ":", error.Message, StringComparison.Ordinal);
        Assert.Equal($"Did you mean \"{meant}\"?", error.WayOut);
    }

    [Fact]
    public void Read_UnknownPropertyLikeNothing_ListsWhatIsKnown()
    {
        var error = Assert.Single(Read(WithScene("\"visual\":{\"kind\":\"procedural\",\"xyzzyplugh\":1}")).Errors);

        Assert.StartsWith("Known here:", error.WayOut, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"say\":3", "/scenes/0/say")]
    [InlineData("\"say\":\"a\\u0000b\"", "/scenes/0/say")]
    [InlineData("\"say\":\"\\ud800\"", "/scenes/0/say")]
    [InlineData("\"id\":\"a/b\"", "/scenes/0/id")]
    [InlineData("\"role\":\"heroo\"", "/scenes/0/role")]
    [InlineData("\"text\":{}", "/scenes/0/text")]
    [InlineData("\"text\":[{\"kind\":\"title\",\"values\":[]}]", "/scenes/0/text/0/values")]
    [InlineData("\"text\":[{\"kind\":\"caption\",\"values\":[\"a\",\"b\"]}]", "/scenes/0/text/0/values")]
    [InlineData("\"text\":[{\"values\":[\"a\"]}]", "/scenes/0/text/0/kind")]
    [InlineData("\"timing\":{\"minMs\":-5}", "/scenes/0/timing/minMs")]
    [InlineData("\"timing\":{\"minMs\":1e99}", "/scenes/0/timing/minMs")]
    [InlineData("\"timing\":{\"leadMs\":1.5}", "/scenes/0/timing/leadMs")]
    [InlineData("\"transition\":{\"kind\":\"cut\",\"ms\":5}", "/scenes/0/transition/ms")]
    [InlineData("\"visual\":{\"kind\":\"image\"}", "/scenes/0/visual/asset")]
    [InlineData("\"visual\":{\"kind\":\"image\",\"asset\":\"../secret.jpg\"}", "/scenes/0/visual/asset")]
    [InlineData("\"visual\":{\"kind\":\"image\",\"asset\":\"/etc/passwd\"}", "/scenes/0/visual/asset")]
    [InlineData("\"visual\":{\"kind\":\"image\",\"asset\":\"file:x\"}", "/scenes/0/visual/asset")]
    [InlineData("\"visual\":{\"kind\":\"image\",\"asset\":{\"sha256\":\"AB\",\"bytes\":1}}", "/scenes/0/visual/asset/sha256")]
    [InlineData(
        "\"visual\":{\"kind\":\"image\",\"asset\":\"a.jpg\",\"camera\":{\"to\":{\"zoom\":0.5}}}", "/scenes/0/visual/camera/to/zoom")]
    [InlineData("\"visual\":{\"kind\":\"image\",\"asset\":\"a.jpg\",\"focus\":{\"x\":0.12345}}", "/scenes/0/visual/focus/x")]
    public void Read_WrongValueInAScene_IsOneErrorAtItsPointer(string property, string pointer)
    {
        var error = Assert.Single(Read(WithScene(property)).Errors);

        Assert.Equal(ErrorCodes.InvalidStoryboard, error.Code);
        Assert.StartsWith(pointer + ":", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"canvas\":{\"width\":-1920}", "/canvas/width")]
    [InlineData("\"canvas\":{\"width\":1921}", "/canvas")]
    [InlineData("\"canvas\":{\"fps\":0}", "/canvas/fps")]
    [InlineData("\"canvas\":{\"fps\":\"30/0\"}", "/canvas/fps")]
    [InlineData("\"voice\":{\"id\":\"rms\"}", "/voice/id")]
    [InlineData("\"language\":\"english\"", "/language")]
    [InlineData("\"loudness\":-5", "/loudness")]
    [InlineData("\"loudness\":-14.25", "/loudness")]
    [InlineData("\"palette\":{\"accent\":\"blue\"}", "/palette/accent")]
    [InlineData("\"music\":{\"seed\":-1}", "/music/seed")]
    public void Read_WrongValueAtTheTop_IsOneErrorAtItsPointer(string property, string pointer)
    {
        var error = Assert.Single(Read(Smallest.Replace("\"title\"", property + ",\"title\"", StringComparison.Ordinal)).Errors);

        Assert.StartsWith(pointer + ":", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SeveralErrors_ReportsThemAllInOneException()
    {
        var reading = Read("""{"schema":"url2video.storyboard/1","titel":"T","scenes":[{"say":1},{"role":"x"}],"canvas":{"width":1}}""");

        Assert.Equal(5, reading.Errors.Length);
        var thrown = Assert.Throws<FarmException>(() => reading.Require());
        Assert.All(reading.Errors, e => Assert.Contains(e.Message, thrown.Error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_EndlessErrors_StopsAtItsBound()
    {
        var scenes = string.Join(',', Enumerable.Repeat("""{"say":1,"x":2}""", 500));

        Assert.Equal(32, Read($$"""{"schema":"url2video.storyboard/1","title":"T","scenes":[{{scenes}}]}""").Errors.Length);
    }

    [Theory]
    [InlineData("""{"schema":"url2video.storyboard/2","title":"T","scenes":[{}]}""", "/schema")]
    [InlineData("""{"title":"T","scenes":[{}]}""", "/schema")]
    [InlineData("""{"schema":"url2video.storyboard/1","title":"T","title":"U","scenes":[{}]}""", "/title")]
    [InlineData("""{"schema":"url2video.storyboard/1","title":"T","scenes":[]}""", "/scenes")]
    [InlineData("""{"schema":"url2video.storyboard/1","title":"T"}""", "/scenes")]
    [InlineData("""{"schema":"url2video.storyboard/1","title":"T","scenes":[{"id":"a"},{"id":"a"}]}""", "/scenes/1/id")]
    [InlineData("[]", "/")]
    [InlineData("null", "/")]
    public void Read_WrongDocument_IsRefused(string json, string pointer) =>
        Assert.StartsWith(pointer + ":", Assert.Single(Read(json).Errors).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("<html>")]
    [InlineData("""{"a":1,}""")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]")]
    public void Read_NotJson_IsAFormatError(string text) => Assert.Equal(ErrorCodes.Format, Assert.Single(Read(text).Errors).Code);

    [Fact]
    public void Read_TooManyBytes_IsRefusedUnread() =>
        Assert.Equal(ErrorCodes.TooLarge, Assert.Single(StoryboardReader.Read(new byte[Limits.StoryboardBytesMax + 1]).Errors).Code);

    [Fact]
    public void Read_TooManyScenes_IsRefused()
    {
        var scenes = string.Join(',', Enumerable.Repeat("{}", Limits.ScenesPerStoryboardMax + 1));

        Assert.Contains(
            "2000 are allowed",
            Assert.Single(Read($$"""{"schema":"url2video.storyboard/1","title":"T","scenes":[{{scenes}}]}""").Errors).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ByteOrderMark_IsSkipped() =>
        Assert.NotNull(StoryboardReader.Read(Encoding.UTF8.GetBytes("\uFEFF" + Smallest)).Storyboard);

    [Theory]
    [InlineData("25", 25, 1)]
    [InlineData("29.97", 30000, 1001)]
    [InlineData("\"30000/1001\"", 30000, 1001)]
    [InlineData("\"60\"", 60, 1)]
    public void Read_FrameRate_IsExact(string fps, long numerator, long denominator) =>
        Assert.Equal(
            new Rational(numerator, denominator),
            Read(Smallest.Replace("\"title\"", $"\"canvas\":{{\"fps\":{fps}}},\"title\"", StringComparison.Ordinal)).Require().Canvas.Fps);

    private static StoryboardReading Read(string json) => StoryboardReader.Read(Encoding.UTF8.GetBytes(json));

    private static string WithScene(string property) => $$"""{"schema":"url2video.storyboard/1","title":"T","scenes":[{ {{property}} }]}""";
}
