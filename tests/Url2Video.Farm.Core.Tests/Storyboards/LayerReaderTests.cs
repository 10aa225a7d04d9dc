using System.Text;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Core.Tests.Storyboards;

public sealed class LayerReaderTests
{
    private const string Solid = "\"visual\":{\"kind\":\"solid\",\"colour\":\"#102030\"}";

    [Fact]
    public void Read_LayerWithNothingSaid_FillsTheFrame()
    {
        var layer = Assert.Single(SceneOf($"\"layers\":[{{{Solid}}}]").Layers);

        Assert.Equal(new Visual.Solid(new Rgb(0x10, 0x20, 0x30), null, null), layer.Visual);
        Assert.Equal((LayerBox.Frame, 100, BlendMode.Normal, LayerMask.None), (layer.Box, layer.Opacity, layer.Blend, layer.Mask));
        Assert.True(layer.Keyframes.IsEmpty);
    }

    /// <summary>A keyframe says what changes; the first one starts from the middle of the box, to its last decimal.</summary>
    [Fact]
    public void Read_Keyframes_KeepWhatTheyDoNotSay()
    {
        var keys = Assert.Single(SceneOf($$"""
            "layers":[{{{Solid}},"box":{"x":0.1,"y":0.2,"width":0.3333,"height":0.5},"keyframes":[
              {"atMs":0,"opacity":0},{"atMs":500,"opacity":1,"x":0.9},{"atMs":900,"rotate":-45.5,"scale":2,"easing":"easeOutBack"}]}]
            """).Layers).Keyframes;

        Assert.Equal(new LayerKeyframe(0, 26_665, 45_000, 10_000, 0, 0, Curve.Smooth), keys[0]);
        Assert.Equal(new LayerKeyframe(500, 90_000, 45_000, 10_000, 0, 100, Curve.Smooth), keys[1]);
        Assert.Equal(new LayerKeyframe(900, 90_000, 45_000, 20_000, -4_550, 100, Curve.EaseOutBack), keys[2]);
    }

    [Theory]
    [InlineData("\"layers\":[{}]", "/scenes/0/layers/0/visual", null)]
    [InlineData("\"layers\":[{SOLID,\"blnd\":\"add\"}]", "/scenes/0/layers/0/blnd", "Did you mean \"blend\"?")]
    [InlineData("\"layers\":[{SOLID,\"blend\":\"multply\"}]", "/scenes/0/layers/0/blend", "Did you mean \"multiply\"?")]
    [InlineData("\"layers\":[{SOLID,\"radius\":0.2}]", "/scenes/0/layers/0/radius", "Write \"mask\": \"rounded\", or leave radius out.")]
    [InlineData("\"layers\":[{SOLID,\"box\":{\"width\":0}}]", "/scenes/0/layers/0/box/width", null)]
    [InlineData("\"layers\":[{SOLID,\"opacity\":1.5}]", "/scenes/0/layers/0/opacity", null)]
    [InlineData("\"layers\":[{SOLID,\"keyframes\":[{\"x\":0.5}]}]", "/scenes/0/layers/0/keyframes/0/atMs", null)]
    [InlineData("\"layers\":[{SOLID,\"keyframes\":[{\"atMs\":5},{\"atMs\":5}]}]", "/scenes/0/layers/0/keyframes/1/atMs", null)]
    [InlineData("\"layers\":[{SOLID,\"keyframes\":[{\"atMs\":0,\"scale\":9}]}]", "/scenes/0/layers/0/keyframes/0/scale", null)]
    [InlineData("\"layers\":[{\"visual\":{\"kind\":\"solid\"}}]", "/scenes/0/layers/0/visual/colour", null)]
    [InlineData("\"layers\":[{\"visual\":{\"kind\":\"image\",\"asset\":\"../a.png\"}}]", "/scenes/0/layers/0/visual/asset", null)]
    [InlineData("\"layers\":[{SOLID},{SOLID},{SOLID},{SOLID},{SOLID},{SOLID},{SOLID},{SOLID},{SOLID}]", "/scenes/0/layers", null)]
    [InlineData("\"visual\":{\"kind\":\"split\",\"left\":\"a.jpg\"}", "/scenes/0/visual/right", null)]
    [InlineData("\"visual\":{\"kind\":\"split\",\"left\":\"a.jpg\",\"right\":\"b.jpg\",\"labels\":[\"one\"]}", "/scenes/0/visual/labels", "Write one for each, or none.")]
    [InlineData("\"visual\":{\"kind\":\"split\",\"left\":\"a.jpg\",\"right\":\"b.jpg\",\"sweep\":[{\"atMs\":9,\"at\":0},{\"atMs\":4,\"at\":1}]}", "/scenes/0/visual/sweep/1/atMs", null)]
    [InlineData("\"visual\":{\"kind\":\"spin\",\"assets\":[\"a.jpg\"]}", "/scenes/0/visual/assets", null)]
    [InlineData("\"visual\":{\"kind\":\"spin\",\"assets\":[\"a.jpg\",\"/b.jpg\"]}", "/scenes/0/visual/assets/1", null)]
    [InlineData("\"visual\":{\"kind\":\"spin\",\"assets\":[\"a.jpg\",\"b.jpg\"],\"turns\":21}", "/scenes/0/visual/turns", null)]
    [InlineData("\"visual\":{\"kind\":\"image\",\"asset\":\"a.jpg\",\"brush\":[{\"mask\":{\"shape\":\"ellipse\"}}]}", "/scenes/0/visual/brush/0", "Write dx, dy, depth or ambient, such as \"dx\": 0.02.")]
    [InlineData("\"visual\":{\"kind\":\"image\",\"asset\":\"a.jpg\",\"brush\":[{\"dx\":0.1}]}", "/scenes/0/visual/brush/0/mask", null)]
    [InlineData("\"visual\":{\"kind\":\"image\",\"asset\":\"a.jpg\",\"brush\":[{\"dx\":0.11,\"dy\":0.1,\"mask\":\"m.png\"}]}", "/scenes/0/visual/brush/0/dx", null)]
    [InlineData("\"visual\":{\"kind\":\"image\",\"asset\":\"a.jpg\",\"brush\":[{\"dx\":0.1,\"mask\":\"m.png\",\"delayMs\":5}]}", "/scenes/0/visual/brush/0/delayMs", null)]
    [InlineData("\"visual\":{\"kind\":\"image\",\"asset\":\"a.jpg\",\"brush\":[{\"dx\":0.1,\"mask\":{\"shape\":\"polygon\",\"points\":[[0,0],[1,1]]}}]}", "/scenes/0/visual/brush/0/mask/points", null)]
    [InlineData("\"visual\":{\"kind\":\"image\",\"asset\":\"a.jpg\",\"brush\":[{\"dx\":0.1,\"mask\":{\"shape\":\"polygon\",\"points\":[[0,0],[1,1],[2,0]]}}]}", "/scenes/0/visual/brush/0/mask/points/2/0", null)]
    [InlineData("\"layers\":[{\"visual\":{\"kind\":\"clip\",\"asset\":\"a.mp4\",\"sound\":{}}}]", "/scenes/0/layers/0/visual/sound", "Leave sound out, or make the clip the scene's visual.")]
    [InlineData("\"layers\":[{\"visual\":{\"kind\":\"split\",\"left\":\"a.jpg\",\"right\":\"b.jpg\",\"labels\":[\"one\",\"two\"]}}]", "/scenes/0/layers/0/visual/labels", "Leave labels out, or write them as texts of the scene.")]
    [InlineData("\"lighting\":{\"kee\":{}}", "/scenes/0/lighting/kee", "Did you mean \"key\"?")]
    [InlineData("\"lighting\":{\"key\":{\"intensity\":3.01}}", "/scenes/0/lighting/key/intensity", null)]
    [InlineData("\"lighting\":{\"fill\":{\"temperature\":1999}}", "/scenes/0/lighting/fill/temperature", null)]
    [InlineData("\"lighting\":{\"rim\":{\"azimuth\":181}}", "/scenes/0/lighting/rim/azimuth", null)]
    [InlineData("\"lighting\":{\"background\":{\"azimuth\":0}}", "/scenes/0/lighting/background/azimuth", null)]
    [InlineData("\"lighting\":{\"relief\":-1}", "/scenes/0/lighting/relief", null)]
    public void Read_WrongMember_IsOneErrorAtItsPointer(string member, string pointer, string? wayOut)
    {
        var error = Assert.Single(Read(member.Replace("SOLID", Solid, StringComparison.Ordinal)).Errors);

        Assert.StartsWith(pointer + ":", error.Message, StringComparison.Ordinal);
        if (wayOut is not null)
        {
            Assert.Equal(wayOut, error.WayOut);
        }
    }

    [Fact]
    public void Read_LightingWithOneLamp_HasTheUsualOthers()
    {
        var lighting = SceneOf("\"lighting\":{\"key\":{\"intensity\":1.5,\"temperature\":3200}}").Lighting!;

        Assert.Equal(new Lamp(150, -45, 35, 3_200), lighting.Key);
        Assert.Equal(Lighting.Default with { Key = lighting.Key }, lighting);
    }

    [Fact]
    public void WriteReadWrite_AnyLayersAndVisuals_GiveTheSameBytes()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var board = AnyStoryboard.From(seed);
            board = board with { Scenes = [board.Scenes[0] with { Visual = AnyLayers.AnyVisual(random), Layers = AnyLayers.Layers(random) }] };
            var first = StoryboardWriter.Write(board);

            Assert.Equal(Encoding.UTF8.GetString(first), Encoding.UTF8.GetString(StoryboardWriter.Write(StoryboardReader.Read(first).Require())));
        }
    }

    /// <summary>A document without them is written, and so keyed, as it always was.</summary>
    [Fact]
    public void Write_NoLayersNorBrushes_NamesNone()
    {
        var text = Encoding.UTF8.GetString(StoryboardWriter.Write(Read("\"visual\":{\"kind\":\"image\",\"asset\":\"a.jpg\"}").Require()));

        Assert.DoesNotContain("layers", text, StringComparison.Ordinal);
        Assert.DoesNotContain("brush", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SOLID,\"lighting\":{}", "SOLID")]
    [InlineData("SOLID,\"lighting\":{}", "SOLID,\"lighting\":{\"rim\":{\"azimuth\":-150}}")]
    [InlineData("\"layers\":[{SOLID}]", "\"layers\":[{SOLID,\"opacity\":0.5}]")]
    [InlineData("\"layers\":[{SOLID}]", "\"layers\":[{SOLID,\"keyframes\":[{\"atMs\":0}]}]")]
    [InlineData("\"layers\":[{SOLID}]", "\"layers\":[{SOLID},{SOLID}]")]
    [InlineData("SOLID", "\"visual\":{\"kind\":\"solid\",\"colour\":\"#102031\"}")]
    [InlineData("\"visual\":{\"kind\":\"spin\",\"assets\":[\"a.jpg\",\"b.jpg\"]}", "\"visual\":{\"kind\":\"spin\",\"assets\":[\"b.jpg\",\"a.jpg\"]}")]
    [InlineData("\"visual\":{\"kind\":\"split\",\"left\":\"a.jpg\",\"right\":\"b.jpg\"}", "\"visual\":{\"kind\":\"split\",\"left\":\"a.jpg\",\"right\":\"b.jpg\",\"at\":0.4}")]
    [InlineData("\"visual\":{\"kind\":\"image\",\"asset\":\"a.jpg\",\"brush\":[{\"dx\":0.1,\"mask\":\"m.png\"}]}", "\"visual\":{\"kind\":\"image\",\"asset\":\"a.jpg\",\"brush\":[{\"dx\":0.1,\"mask\":\"m.png\",\"intensity\":0.5}]}")]
    public void FactsOf_Edited_ChangesThatPictureAlone(string before, string after)
    {
        var (a, b) = (FactsOf(before), FactsOf(after));

        Assert.NotEqual(a.Scenes[0].Visual, b.Scenes[0].Visual);
        Assert.Equal(a.Scenes[1].Visual, b.Scenes[1].Visual);
        Assert.Equal((a.Mix, a.Scenes[0].Say), (b.Mix, b.Scenes[0].Say));
    }

    [Fact]
    public void FactsOf_AltOfALayer_IsNotThePicture() => Assert.Equal(
        FactsOf("\"layers\":[{\"visual\":{\"kind\":\"spin\",\"assets\":[\"a.jpg\",\"b.jpg\"],\"alt\":\"a\"}}]").Scenes[0].Visual,
        FactsOf("\"layers\":[{\"visual\":{\"kind\":\"spin\",\"assets\":[\"a.jpg\",\"b.jpg\"],\"alt\":\"b\",\"why\":\"c\"}}]").Scenes[0].Visual);

    /// <summary>Every file that a document names is found, each with its place, and can be put in another's stead.</summary>
    [Fact]
    public void PictureAssets_AreFoundAndReplacedEverywhere()
    {
        var board = Read("""
            "visual":{"kind":"image","asset":"a.jpg","brush":[{"mask":{"shape":"ellipse"},"dx":0.1},{"mask":"m.png","dx":0.1}]},
            "layers":[{"visual":{"kind":"split","left":"l.jpg","right":"r.jpg"}},{"visual":{"kind":"spin","assets":["1.jpg","2.jpg"]}}]
            """).Require();

        Assert.Equal(
            [
                ("/scenes/0/visual/asset", "a.jpg"), ("/scenes/0/visual/brush/1/mask", "m.png"), ("/scenes/0/layers/0/visual/left", "l.jpg"),
                ("/scenes/0/layers/0/visual/right", "r.jpg"), ("/scenes/0/layers/1/visual/assets/0", "1.jpg"), ("/scenes/0/layers/1/visual/assets/1", "2.jpg"),
            ],
            PictureAssets.Of(board).Select(p => (p.Pointer, ((VisualAsset.InBundle)p.Asset).Path)));
        var resolved = PictureAssets.Resolve(board, (_, asset) => new VisualAsset.InBundle("new/" + ((VisualAsset.InBundle)asset).Path));
        Assert.All(PictureAssets.Of(resolved), p => Assert.StartsWith("new/", ((VisualAsset.InBundle)p.Asset).Path, StringComparison.Ordinal));
        Assert.Equal(6, PictureAssets.Of(resolved).Count());
    }

    [Fact]
    public void ClipAssets_OfLayers_AreFoundAndReplaced()
    {
        var board = Read("\"visual\":{\"kind\":\"clip\",\"asset\":\"a.mp4\"},\"layers\":[{\"visual\":{\"kind\":\"clip\",\"asset\":\"b.mp4\"}}]").Require();

        Assert.Equal(["/scenes/0/visual/asset", "/scenes/0/layers/0/visual/asset"], ClipAssets.Of(board).Select(c => c.Pointer));
        var resolved = ClipAssets.Resolve(board, (_, asset) => new VisualAsset.InBundle("new/" + ((VisualAsset.InBundle)asset).Path));
        Assert.Equal(["new/a.mp4", "new/b.mp4"], ClipAssets.Of(resolved).Select(c => ((VisualAsset.InBundle)c.Clip.Asset).Path));
    }

    private static Contracts.StoryboardFacts FactsOf(string member) => StoryboardDigest.FactsOf(Read(member.Replace("SOLID", Solid, StringComparison.Ordinal), ",{\"say\":\"x\"}").Require());

    private static Scene SceneOf(string member) => Assert.Single(Read(member).Require().Scenes);

    private static StoryboardReading Read(string member, string more = "") => StoryboardReader.Read(
        Encoding.UTF8.GetBytes($"{{\"schema\":\"url2video.storyboard/1\",\"title\":\"T\",\"scenes\":[{{{member}}}{more}]}}"));
}
