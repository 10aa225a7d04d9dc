using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Core.Storyboards.Sounds;
using Url2Video.Farm.Core.Tests.Storyboards.Clips;
using Url2Video.Farm.Core.Tests.Storyboards.Sounds;

namespace Url2Video.Farm.Core.Tests.Storyboards;

/// <summary>Random storyboards inside the bounds of the format; the same seed gives the same document.</summary>
internal static class AnyStoryboard
{
    private static readonly string[] Words = ["river", "Zürich", "naïve", "東京", "quote \"x\"", "line\nbreak", "a/b", "😀", "12.50", "<b>"];

    public static Storyboard From(int seed)
    {
        var random = new Random(seed);
        return new Storyboard(
            Text(random, 5),
            random.Next(2) == 0 ? "en" : "de-AT",
            new Canvas(
                2 * random.Next(64, 2000),
                2 * random.Next(64, 1000),
                random.Next(2) == 0 ? new Rational(25, 1) : new Rational(30000, 1001)),
            new Voice(random.Next(2) == 0 ? "flite:slt" : "espeak:de", random.Next(50, 201)) { Enhance = Any<VoiceEnhance>(random) },
            random.Next(3) == 0 ? null : AnySound.Music(random),
            random.Next(-310, -89),
            new CaptionLook(Any<CaptionPlacement>(random), Any<CaptionStyle>(random)),
            new Palette(Colour(random), Colour(random), Colour(random), Colour(random)),
            [.. Enumerable.Range(0, random.Next(1, 7)).Select(i => AnyScene(random, i))])
        {
            Look = AnyDress.AnyLook(random),
            Space = AnySound.Space(random),
        };
    }

    public static Scene AnyScene(Random random, int index) => new(
        $"s{index}",
        Any<SceneRole>(random),
        random.Next(5) == 0 ? "" : Text(random, 20),
        [.. Enumerable.Range(0, random.Next(4)).Select(_ => AnyText(random))],
        random.Next(3) == 0
            ? new Visual.Procedural(Any<Pattern>(random), random.NextInt64(1000), null, random.Next(101))
            : random.Next(4) == 0
            ? AnyClip.From(random, AnyAsset(random), AnyPoint(random), Any<Fit>(random), AnyCamera(random))
            : new Visual.Image(
                AnyAsset(random), Text(random, 3), AnyPoint(random), Any<Fit>(random), AnyCamera(random), Text(random, 2), null),
        random.Next(2) == 0 ? new Transition(TransitionKind.Cut, 0) : new Transition(AnyDress.AnyTransition(random), random.Next(100, 3001)),
        new SceneTiming(
            random.Next(500, 60_001), random.Next(2) == 0 ? null : random.Next(500, 600_001), random.Next(10_001), random.Next(10_001)),
        random.Next(2) == 0
            ? null
            : new Provenance(
                random.Next(2) == 0 ? null : "https://example.org/a?b=c", [random.Next(9)], ["main > p:nth-child(2)"], [Text(random, 9)]))
        {
            Look = AnyDress.AnyLook(random),
            Effects = AnyDress.AnyEffects(random),
            Narration = AnySound.Narration(random),
            Sounds = AnySound.Sounds(random),
            Layers = AnyLayers.Layers(random),
            Lighting = AnyLayers.Lighting(random),
        };

    private static TextElement AnyText(Random random)
    {
        var kind = Any<TextKind>(random);
        return new TextElement(
            kind, [.. Enumerable.Range(0, random.Next(1, TextElement.ValuesMaxOf(kind) + 1)).Select(_ => Text(random, 4))])
        {
            Chart = kind == TextKind.Chart ? new Chart(Any<ChartType>(random), [new("a", random.Next(1, 999)), new("b", 0)], "%") : null,
        };
    }

    private static VisualAsset AnyAsset(Random random) => random.Next(2) == 0
        ? new VisualAsset.InBundle($"images/{random.Next(9)}.jpg")
        : new VisualAsset.Resolved(
            new ArtifactRef(new ArtifactId(new string("0123456789abcdef"[random.Next(16)], 64)), random.Next(1, 99_999)));

    private static Camera AnyCamera(Random random) => new(AnyView(random), AnyView(random), Any<Easing>(random));

    private static CameraView AnyView(Random random) => new(AnyPoint(random), random.Next(10_000, 40_001));

    private static Point AnyPoint(Random random) => new(random.Next(10_001), random.Next(10_001));

    private static Rgb Colour(Random random) => new((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256));

    private static T Any<T>(Random random) where T : struct, Enum => Enum.GetValues<T>()[random.Next(Enum.GetValues<T>().Length)];

    private static string Text(Random random, int words) =>
        string.Join(' ', Enumerable.Range(0, random.Next(1, words + 1)).Select(_ => Words[random.Next(Words.Length)]));
}
