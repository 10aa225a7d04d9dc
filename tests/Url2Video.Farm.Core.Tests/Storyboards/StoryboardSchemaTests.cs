using System.Text.Json;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Core.Storyboards.Sounds;

namespace Url2Video.Farm.Core.Tests.Storyboards;

/// <summary>The JSON Schema is for people's editors; these keep it from drifting away from the reader.</summary>
public sealed class StoryboardSchemaTests
{
    private static readonly JsonElement Root = JsonDocument.Parse(File.ReadAllBytes(PathOfSchema())).RootElement;

    [Theory]
    [InlineData("scenes/items/properties/role", typeof(SceneRole))]
    [InlineData("captions/properties/placement", typeof(CaptionPlacement))]
    [InlineData("captions/properties/style", typeof(CaptionStyle))]
    [InlineData("music/oneOf/1/properties/mood", typeof(MusicMood))]
    [InlineData("music/oneOf/1/properties/end", typeof(MusicEnd))]
    [InlineData("voice/properties/enhance", typeof(VoiceEnhance))]
    [InlineData("space/properties/room", typeof(RoomSize))]
    [InlineData("scenes/items/properties/sounds/items/properties/kind", typeof(SoundKind))]
    [InlineData("scenes/items/properties/sounds/items/properties/on", typeof(SoundAnchor))]
    [InlineData("scenes/items/properties/transition/properties/kind", typeof(TransitionKind))]
    [InlineData("look/oneOf/0", typeof(LookName))]
    [InlineData("look/oneOf/1/properties/name", typeof(LookName))]
    [InlineData("scenes/items/properties/look/oneOf/0", typeof(LookName))]
    [InlineData("scenes/items/properties/effects/items/properties/kind", typeof(EffectKind))]
    [InlineData("scenes/items/properties/layers/items/properties/blend", typeof(BlendMode))]
    [InlineData("scenes/items/properties/layers/items/properties/mask", typeof(LayerMask))]
    [InlineData("scenes/items/properties/visual/oneOf/0/properties/brush/items/properties/mode", typeof(BrushMode))]
    [InlineData("scenes/items/properties/visual/oneOf/4/properties/arrangement", typeof(SplitArrangement))]
    [InlineData("scenes/items/properties/visual/oneOf/4/properties/mode", typeof(SplitMode))]
    [InlineData("scenes/items/properties/visual/oneOf/0/properties/fit", typeof(Fit))]
    [InlineData("scenes/items/properties/visual/oneOf/0/properties/camera/oneOf/0/properties/easing", typeof(Easing))]
    [InlineData("scenes/items/properties/visual/oneOf/1/properties/pattern", typeof(Pattern))]
    [InlineData("scenes/items/properties/visual/oneOf/2/properties/fit", typeof(Fit))]
    public void Schema_Choices_AreTheReadersOwn(string path, Type choice)
    {
        var words = At(path).GetProperty("enum").EnumerateArray().Select(e => e.GetString()!);

        Assert.Equal(Enum.GetNames(choice).Select(JsonNamingPolicy.CamelCase.ConvertName), words);
    }

    private static bool HasAll(Scene scene) =>
        scene is { Provenance.Url: not null, Timing.MsFixed: not null, Look: not null, Effects.IsEmpty: false, Narration: not null, Sounds.IsEmpty: false, Layers.IsEmpty: false, Lighting: not null };

    [Fact]
    public void Schema_Properties_AreThoseTheWriterWrites()
    {
        var storyboard = Enumerable.Range(0, 100_000).Select(AnyStoryboard.From).First(s => s is { Music: not null, Look: not null, Space.IsDefault: false } && s.Scenes.Any(HasAll));
        using var written = JsonDocument.Parse(StoryboardWriter.Write(storyboard));
        var scene = written.RootElement.GetProperty("scenes")[storyboard.Scenes.IndexOf(storyboard.Scenes.First(HasAll))];

        Assert.Equal(Names(Root.GetProperty("properties")), Names(written.RootElement));
        Assert.Equal(Names(At("scenes/items/properties")), Names(scene));
        foreach (var part in new[] { "timing", "transition", "provenance" })
        {
            Assert.Equal(Names(At($"scenes/items/properties/{part}/properties")), Names(scene.GetProperty(part)));
        }

        Assert.Equal(Names(At("look/oneOf/1/properties")), Names(written.RootElement.GetProperty("look")));
        Assert.Equal(Names(At("scenes/items/properties/look/oneOf/1/properties")), Names(scene.GetProperty("look")));
    }

    [Fact]
    public void Schema_Motions_AreTheReadersOwn()
    {
        Assert.Equal(
            Enum.GetNames<TextAnimationKind>().Select(JsonNamingPolicy.CamelCase.ConvertName).Order(StringComparer.Ordinal),
            Words("animation", "kind"));
        var moves = Words("cameraMove", "move").ToList();
        Assert.All(Enum.GetNames<CameraMoveKind>(), k => Assert.Contains(JsonNamingPolicy.CamelCase.ConvertName(k), moves));

        static IEnumerable<string> Words(string name, string property) => Root.GetProperty("$defs").GetProperty(name).GetProperty("oneOf")
            .EnumerateArray().Select(o => o.GetProperty("properties").GetProperty(property))
            .SelectMany(k => k.TryGetProperty("enum", out var words) ? words.EnumerateArray() : Enumerable.Repeat(k.GetProperty("const"), 1))
            .Select(w => w.GetString()!).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Schema_Bounds_AreTheReadersOwn()
    {
        Assert.Equal(Storyboard.Schema, At("schema").GetProperty("const").GetString());
        Assert.Equal(Limits.ScenesPerStoryboardMax, At("scenes").GetProperty("maxItems").GetInt32());
        Assert.Equal(Limits.NarrationCharsMax, At("scenes/items/properties/say").GetProperty("maxLength").GetInt32());
        Assert.Equal(Palette.Default.Accent.ToString(), At("palette/properties/accent").GetProperty("default").GetString());
        Assert.Equal(SceneEffect.PerSceneMax, At("scenes/items/properties/effects").GetProperty("maxItems").GetInt32());
        Assert.Equal(SceneEffect.CountMax, At("scenes/items/properties/effects/items/properties/count").GetProperty("maximum").GetInt32());
        Assert.Equal(SceneLayer.PerSceneMax, At("scenes/items/properties/layers").GetProperty("maxItems").GetInt32());
        Assert.Equal(SceneLayer.KeyframesMax, At("scenes/items/properties/layers/items/properties/keyframes").GetProperty("maxItems").GetInt32());
        Assert.Equal(MotionBrush.PerPictureMax, At("scenes/items/properties/visual/oneOf/0/properties/brush").GetProperty("maxItems").GetInt32());
        Assert.Equal(Visual.Spin.AssetsMax, At("scenes/items/properties/visual/oneOf/5/properties/assets").GetProperty("maxItems").GetInt32());
        Assert.Equal(Transition.Default.Ms, At("scenes/items/properties/transition/properties/ms").GetProperty("default").GetInt32());
    }

    [Fact]
    public void Schema_Clip_IsTheReadersOwn()
    {
        var clip = At("scenes/items/properties/visual/oneOf/2/properties");
        var written = Enumerable.Range(0, 10_000).Select(AnyStoryboard.From).SelectMany(s => s.Scenes.Where(c => c.Visual is Visual.Clip).Select(c => s with { Scenes = [c] }))
            .SelectMany(s => Names(JsonDocument.Parse(StoryboardWriter.Write(s)).RootElement.GetProperty("scenes")[0].GetProperty("visual"))).Distinct();

        Assert.Equal(Names(clip).Where(n => n != "why"), written.Order(StringComparer.Ordinal));
        Assert.Equal((ClipCut.MsMax, ClipCut.MsMax), (clip.GetProperty("startMs").GetProperty("maximum").GetInt32(), clip.GetProperty("endMs").GetProperty("maximum").GetInt32()));
        Assert.Equal(ClipCut.SpeedThousandthsMin, 1_000 * clip.GetProperty("speed").GetProperty("minimum").GetDecimal());
        Assert.Equal(ClipCut.SpeedThousandthsMax, 1_000 * clip.GetProperty("speed").GetProperty("maximum").GetDecimal());
    }

    private static IEnumerable<string> Names(JsonElement element) =>
        element.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal);

    private static JsonElement At(string path) => path.Split('/').Aggregate(
        Root.GetProperty("properties"),
        (element, name) => element.ValueKind == JsonValueKind.Array
            ? element[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)]
            : element.GetProperty(name));

    private static string PathOfSchema()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Url2Video.Farm.sln")))
        {
            root = Path.GetDirectoryName(root) ?? throw new DirectoryNotFoundException("The tests must run inside the repository.");
        }

        return Path.Combine(root, "src/Url2Video.Farm.Core/Storyboards/storyboard.schema.json");
    }
}
