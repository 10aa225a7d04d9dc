using System.Collections.Immutable;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Core.Storyboards.Sounds;

namespace Url2Video.Farm.Core.Tests.Storyboards.Sounds;

/// <summary>Random sound inside the bounds of the format.</summary>
internal static class AnySound
{
    public static Music Music(Random random) => new(Any<MusicMood>(random), random.NextInt64(StoryboardReader.SeedMax))
    {
        File = random.Next(2) == 0 ? null : new MusicFile(Asset(random), random.Next(3_600_001), Any<MusicEnd>(random)),
        GainDecibelTenths = random.Next(2) == 0 ? 0 : random.Next(-400, 121),
        MsFadeIn = random.Next(2) == 0 ? 2_000 : random.Next(10, 30_001),
        MsFadeOut = random.Next(2) == 0 ? 4_000 : random.Next(10, 30_001),
        Duck = random.Next(2) == 0 ? Duck.Default : new Duck(random.Next(41), random.Next(20, 5_001), random.Next(20, 10_001)),
    };

    public static Space Space(Random random) => random.Next(2) == 0
        ? Core.Storyboards.Sounds.Space.Default
        : new Space(Any<RoomSize>(random), random.Next(101), random.Next(2) == 0 ? null : Place(random));

    public static VisualAsset? Narration(Random random) => random.Next(3) == 0 ? Asset(random) : null;

    public static ImmutableArray<SceneSound> Sounds(Random random) =>
    [
        .. Enumerable.Range(0, random.Next(3)).Select(_ => new SceneSound(
            Any<SoundKind>(random),
            Any<SoundAnchor>(random),
            random.Next(-10_000, 600_001),
            random.Next(-400, 121),
            random.Next(1, 501),
            random.Next(10, 5_001),
            random.NextInt64(1_000),
            random.Next(2) == 0 ? null : Place(random))),
    ];

    private static SoundPlace Place(Random random) => new(random.Next(-180, 181), random.Next(-90, 91), random.Next(20, 2_001));

    private static VisualAsset Asset(Random random) => random.Next(2) == 0
        ? new VisualAsset.InBundle($"audio/{random.Next(9)}.wav")
        : new VisualAsset.Resolved(new ArtifactRef(new ArtifactId(new string("0123456789abcdef"[random.Next(16)], 64)), random.Next(1, 99_999)));

    private static T Any<T>(Random random) where T : struct, Enum => Enum.GetValues<T>()[random.Next(Enum.GetValues<T>().Length)];
}
