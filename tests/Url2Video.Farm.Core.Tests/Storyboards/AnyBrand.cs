using System.Collections.Immutable;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Core.Tests.Storyboards;

/// <summary>Random marks inside the bounds of the format.</summary>
internal static class AnyBrand
{
    public static Watermark? Watermark(Random random)
    {
        var text = random.Next(2) == 0 ? "© Zürich \"Ltd\"" : null;
        return random.Next(4) == 0
            ? null
            : new Watermark(
                text is null ? AnyStoryboard.AnyAsset(random) : null, text, Any<MarkAnchor>(random), random.Next(2_001), random.Next(200, 5_001), random.Next(1, 101));
    }

    public static SceneLogo? Logo(Random random) => random.Next(4) == 0
        ? null
        : new SceneLogo(
            AnyStoryboard.AnyAsset(random), Any<LogoReveal>(random), random.Next(60_001), random.Next(100, 10_001), random.Next(200, 9_001),
            AnyStoryboard.AnyPoint(random), random.NextInt64(1_000));

    public static ImmutableArray<ScenePlugin> Plugins(Random random) => random.Next(3) == 0
        ? []
        : [new ScenePlugin("vintage", new string("0123456789abcdef"[random.Next(16)], 64), [new PluginValue("grain", random.Next(10_001))], random.NextInt64(1_000))];

    private static T Any<T>(Random random) where T : struct, Enum => Enum.GetValues<T>()[random.Next(Enum.GetValues<T>().Length)];
}
