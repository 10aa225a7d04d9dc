using System.Text;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Core.Tests.Storyboards;

public sealed class MotionReaderTests
{
    [Fact]
    public void Read_FadeInUpAndTypewriter_HaveTheManualsFigures()
    {
        var rise = AnimationOf("""{"kind":"fadeInUp"}""");
        var typed = AnimationOf("""{"kind":"typewriter"}""");

        Assert.Equal((100, 800, 300, Curve.EaseOut), (rise.MsDelay, rise.Ms, rise.DistancePxTenths, rise.Easing));
        Assert.Equal((500, true, KeySound.Mechanical), (typed.PerSecondTenths, typed.HasCursor, typed.Keys));
    }

    [Fact]
    public void Read_PanLeft_HasTheManualsFigures()
    {
        var move = MoveOf("""{"move":"panLeft"}""");

        Assert.Equal((CameraMoveKind.Pan, -4_500, 3_000), (move.Kind, move.DegreesHundredths, move.Ms));
        Assert.Equal("cubic-bezier(0.4,0,0.2,1)", move.Easing.ToString());
    }

    [Fact]
    public void Read_DollyZoomAndTracking_HaveTheManualsFigures()
    {
        var dolly = MoveOf("""{"move":"dollyZoom"}""");
        var track = MoveOf("""{"move":"tracking","path":[[0,0],[50,20],[100,0]]}""");

        Assert.Equal((1_000, 500, 350), (dolly.FromCm, dolly.ToCm, dolly.FocalMmTenths));
        Assert.Equal([new Point(0, 0), new Point(5_000, 2_000), new Point(10_000, 0)], track.Path.AsEnumerable());
    }

    [Theory]
    [InlineData("""{"kind":"typwriter"}""", "/kind", "typewriter")]
    [InlineData("""{"kind":"fadeIn","cursor":true}""", "/cursor", "Known here")]
    [InlineData("""{"kind":"fadeIn","easing":"eseOut"}""", "/easing", "easeOut")]
    [InlineData("""{"kind":"fadeIn","easing":"cubic-bezier(2,0,0,1)"}""", "/easing", "x from 0 to 1")]
    [InlineData("""{"kind":"fadeIn","easing":"cubic-bezier(0,0,1)"}""", "/easing", "x from 0 to 1")]
    [InlineData("""{"kind":"wordPop","perSecond":0}""", "/perSecond", "0.5")]
    [InlineData("""{"kind":"typewriter","cursor":"yes"}""", "/cursor", "true or false")]
    [InlineData("""{"kind":"countUp"}""", "/kind", "number")]
    public void Read_WrongAnimation_IsOneErrorAtItsPointer(string animation, string pointer, string said)
    {
        var error = Assert.Single(StoryboardReader.Read(Document(animation, """{"from":{}}""")).Errors);

        Assert.Contains($"/scenes/0/text/0/animation{pointer}", error.Message, StringComparison.Ordinal);
        Assert.Contains(said, $"{error.Message} {error.WayOut}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"move":"panLeft","degrees":45}""", "/degrees")]
    [InlineData("""{"move":"pan","degrees":-61}""", "/degrees")]
    [InlineData("""{"move":"tracking"}""", "/path")]
    [InlineData("""{"move":"tracking","path":[[0,0]]}""", "/path")]
    [InlineData("""{"move":"tracking","path":[[0,0],[50]]}""", "/path/1")]
    [InlineData("""{"move":"tracking","path":[[0,0],[50,101]]}""", "/path/1/1")]
    [InlineData("""{"move":"dollyZoom","fromDistance":100,"toDistance":1}""", "/toDistance")]
    [InlineData("""{"move":"orbit","speed":5}""", "/speed")]
    [InlineData("""{"move":"zoom","degrees":5}""", "/degrees")]
    [InlineData("""{"move":"spin"}""", "/move")]
    public void Read_WrongMove_IsOneErrorAtItsPointer(string move, string pointer)
    {
        var error = Assert.Single(StoryboardReader.Read(Document("""{"kind":"none"}""", move)).Errors);

        Assert.Contains($"/scenes/0/visual/camera{pointer}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteReadWrite_EveryAnimationAndMove_GivesTheSameBytes()
    {
        string[] moves =
        [
            "pan", "panLeft", "panRight", "tilt", "tiltUp", "tiltDown", "roll", "orbit", "zoom", "dollyZoom",
            "tracking\",\"path\":[[0,0],[12.5,100]],\"easing\":\"cubic-bezier(0.4,-0.5,0.2,1.25)",
        ];
        foreach (var (kind, index) in Enum.GetValues<TextAnimationKind>().Select((k, i) => (k, i)))
        {
            var word = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName($"{kind}");
            var more = kind == TextAnimationKind.Morph ? ",\"fromText\":\"before\"" : "";
            var document = Document($"{{\"kind\":\"{word}\"{more}}}", $"{{\"move\":\"{moves[index % moves.Length]}\"}}", "number");
            var first = StoryboardWriter.Write(StoryboardReader.Read(document).Require());
            var again = StoryboardWriter.Write(StoryboardReader.Read(first).Require());

            Assert.Equal(Encoding.UTF8.GetString(first), Encoding.UTF8.GetString(again));
            Assert.Contains($"\"kind\": \"{word}\"", Encoding.UTF8.GetString(first), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{\"type\":\"pie\",\"data\":[{\"label\":\"a\",\"value\":1},{\"label\":\"b\",\"value\":2}]}", "/type")]
    [InlineData("{\"type\":\"bar\",\"data\":[{\"label\":\"a\",\"value\":1}]}", "/data")]
    [InlineData("{\"type\":\"bar\",\"data\":[{\"label\":\"a\",\"value\":-1},{\"label\":\"b\",\"value\":2}]}", "/data/0/value")]
    [InlineData("{\"type\":\"bar\",\"data\":[{\"label\":\"a\",\"value\":0},{\"label\":\"b\",\"value\":0}]}", "/data")]
    [InlineData("{\"type\":\"bar\",\"data\":[{\"label\":\"a\",\"value\":1},{\"label\":\"b\"}]}", "/data/1/value")]
    public void Read_WrongChart_IsOneErrorAtItsPointer(string chart, string pointer)
    {
        var document = "{\"schema\":\"url2video.storyboard/1\",\"title\":\"T\",\"scenes\":[{\"text\":[{\"kind\":\"chart\",\"values\":[\"Tea\"],\"chart\":"
            + chart + "}]}]}";
        var error = Assert.Single(StoryboardReader.Read(Encoding.UTF8.GetBytes(document)).Errors);

        Assert.Contains($"/scenes/0/text/0/chart{pointer}", error.Message, StringComparison.Ordinal);
    }

    /// <summary>The property that defaults to nothing is not written: a document of yesterday keeps its bytes, and so its keys.</summary>
    [Fact]
    public void Write_NoMotion_NamesNone()
    {
        var text = Encoding.UTF8.GetString(StoryboardWriter.Write(AnyStoryboard.From(3)));

        Assert.DoesNotContain("animation", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"move\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void FactsOf_AnimationOrMoveEdited_ChangesThatPictureAlone()
    {
        var board = AnyStoryboard.From(5) with { Captions = new CaptionLook(CaptionPlacement.None, CaptionStyle.Boxed) };
        var image = new Visual.Image(new VisualAsset.InBundle("a.jpg"), "", Point.Centre, Fit.Cover, Camera.Still, null, null);
        var plain = board.Scenes[0] with { Visual = image, Texts = [new TextElement(TextKind.Title, ["Tea"])] };
        var animated = plain with { Texts = [plain.Texts[0] with { Animation = TextAnimation.DefaultOf(TextAnimationKind.Wipe) }] };
        var moved = plain with { Visual = image with { Camera = Camera.Still with { Move = MoveOf("""{"move":"roll"}""") } } };
        var more = plain with { Visual = image with { Camera = Camera.Still with { Move = MoveOf("""{"move":"roll","intensity":0.5}""") } } };

        var facts = new[] { plain, animated, moved, more }.Select(s => StoryboardDigest.FactsOf(board with { Scenes = [s, plain with { Id = "z" }] })).ToList();

        Assert.Equal(4, facts.Select(f => f.Scenes[0].Visual).Distinct().Count());
        Assert.Single(facts.Select(f => f.Scenes[1].Visual).Distinct());
        Assert.Single(facts.Select(f => f.Scenes[0].Say).Distinct());
    }

    [Theory]
    [InlineData("12,500", "en", 12_500, 0, true)]
    [InlineData("$3.75 m", "en", 375, 2, false)]
    [InlineData("12.500,5 €", "de", 125_005, 1, true)]
    [InlineData("1 234 567", "fr", 1_234_567, 0, true)]
    [InlineData("12,34,567", "en-IN", 1_234_567, 0, true)]
    [InlineData("in 3,4 or 5", "en", 3, 0, false)]
    [InlineData("98 %", "en", 98, 0, false)]
    public void Find_NumberInAText_IsTakenApart(string text, string language, long digits, int decimals, bool isGrouped)
    {
        var found = CounterText.Find(text, language)!;

        Assert.Equal((digits, decimals, isGrouped), (found.Digits, found.Decimals, found.IsGrouped));
        Assert.StartsWith(found.Before, text, StringComparison.Ordinal);
        Assert.EndsWith(found.After, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("many")]
    [InlineData("1234567890123")]
    public void Find_NothingToCount_IsNull(string text) => Assert.Null(CounterText.Find(text, "en"));

    [Fact]
    public void KeyCues_FiftyLettersASecond_ComeEvery960Samples()
    {
        var scene = AnyStoryboard.AnyScene(new Random(1), 0) with
        {
            Texts = [new TextElement(TextKind.Title, ["Te  a 😀"]) { Animation = TextAnimation.DefaultOf(TextAnimationKind.Typewriter) }],
        };

        var cues = KeyCues.Of(scene, new Rational(30, 1));

        // Frame 7 of 30 a second begins at sample 11,200; six strokes, a space for any number of them, a face for its two halves.
        Assert.Equal(Enumerable.Range(1, 6).Select(i => 11_200L + (960 * i)), cues.Select(c => c.Sample));
        Assert.All(cues, c => Assert.Equal(KeySound.Mechanical, c.Sound));
    }

    [Fact]
    public void Curve_AnyWritten_IsReadAsItWas()
    {
        var random = new Random(2);
        foreach (var curve in Enumerable.Range(0, 200).Select(_ => new Curve(
            random.Next(10_001), random.Next(-20_000, 30_001), random.Next(10_001), random.Next(-20_000, 30_001)))
            .Concat([Curve.Linear, Curve.EaseOut, Curve.Smooth]))
        {
            Assert.True(Curve.TryParse(curve.ToString(), out var again));
            Assert.Equal(curve, again);
        }
    }

    private static TextAnimation AnimationOf(string animation) =>
        StoryboardReader.Read(Document(animation, """{"from":{}}""")).Require().Scenes[0].Texts[0].Animation!;

    private static CameraMove MoveOf(string move) =>
        ((Visual.Image)StoryboardReader.Read(Document("""{"kind":"none"}""", move)).Require().Scenes[0].Visual).Camera.Move!;

    private static byte[] Document(string animation, string camera, string kind = "title") => Encoding.UTF8.GetBytes($$"""
        {"schema":"url2video.storyboard/1","title":"T","scenes":[{
          "text":[{"kind":"{{kind}}","values":["12,500 steps"],"animation":{{animation}} }],
          "visual":{"kind":"image","asset":"a.jpg","camera":{{camera}} } }]}
        """);
}
