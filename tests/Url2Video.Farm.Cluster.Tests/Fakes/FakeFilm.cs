using System.Collections.Immutable;
using System.Text;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Cluster.Tests.Fakes;

/// <summary>A small order whose size is chosen by the test: scenes of a fixed time, two rungs.</summary>
internal static class FakeFilm
{
    public const int SceneMs = 8_000;

    public static ProjectRequest Request(OutputFormats formats = OutputFormats.Mp4 | OutputFormats.Hls | OutputFormats.Dash) => new(
        new SourceSpec.WebPage("https://example.test/page"),
        new Brief(640, 360, new Rational(30, 1), null, null, "en", -140, false, CaptionPlacement.Sidecar, 7),
        formats,
        [360, 240]);

    public static StoryboardFacts Facts(int scenes, ImmutableArray<string> needs = default) => new(
        "A film of nothing",
        "en",
        640,
        360,
        new Rational(30, 1),
        Hash("mix"),
        [.. Enumerable.Range(0, scenes).Select(i => new SceneFacts(
            $"s{i}", i % 3 == 2 ? null : Hash($"say {i}"), Hash($"look {i}"), 1_000, SceneMs, 100, 200, i == 0 ? 0 : 400, needs.IsDefault ? [] : needs))]);

    public static string Hash(string text) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Bytes that depend on nothing but the words: the same job makes the same file.</summary>
    public static byte[] Bytes(string what, int count = 64)
    {
        var bytes = Encoding.UTF8.GetBytes(what + "\n");
        return [.. Enumerable.Range(0, Math.Max(count, bytes.Length)).Select(i => bytes[i % bytes.Length])];
    }

    public static ImmutableArray<T> Each<T>(int count, Func<int, T> make) => [.. Enumerable.Range(0, count).Select(make)];
}
