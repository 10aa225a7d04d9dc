using System.Globalization;

namespace Url2Video.Farm.Bench.Trials;

/// <summary>What a trial orders.</summary>
/// <param name="Number">Another film for each, so that nothing comes from a cache.</param>
/// <param name="Scenes">Of <paramref name="SceneSeconds"/> each, without speech.</param>
internal sealed record TrialOrder(int Number, int Scenes = 6, int SceneSeconds = 15)
{
    public string Band { get; init; } = "normal";

    /// <summary>Named limits of its jobs.</summary>
    public string[] Limits { get; init; } = [];

    /// <summary>Of a picture of 16:9; decides how long a chunk takes.</summary>
    public int Height { get; init; } = 360;

    public string Storyboard() => $$"""
        {
          "schema": "url2video.storyboard/1", "title": "Trial {{Text(Number)}}", "language": "en",
          "canvas": { "width": {{Text(Height * 16 / 9)}}, "height": {{Text(Height)}}, "fps": 30 },
          "scenes": [
            {{string.Join(",\n", Enumerable.Range(1, Scenes).Select(scene => $$"""
                { "id": "s{{Text(scene)}}", "role": "quote", "say": "", "text": [ { "kind": "quote", "values": ["Trial {{Text(Number)}}", "Scene {{Text(scene)}}"] } ],
                  "visual": { "kind": "procedural", "pattern": "waves", "seed": {{Text((Number * 100) + scene)}} }, "timing": { "minMs": {{Text(SceneSeconds * 1_000)}} } }
                """))}}
          ]
        }
        """;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
