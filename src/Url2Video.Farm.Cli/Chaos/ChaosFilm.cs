using System.Globalization;

namespace Url2Video.Farm.Cli.Chaos;

/// <summary>Small films that have everything: speech, text, several chunks and rungs. Each number is another film, so nothing comes from the cache.</summary>
internal static class ChaosFilm
{
    public static string Storyboard(ulong seed, int number) => $$"""
        {
          "schema": "url2video.storyboard/1",
          "title": "Film {{number.ToString(CultureInfo.InvariantCulture)}}",
          "language": "en",
          "canvas": { "width": 320, "height": 180, "fps": 30 },
          "scenes": [
            { "id": "one", "role": "title", "say": "Film number {{number.ToString(CultureInfo.InvariantCulture)}} of this run.",
              "text": [ { "kind": "title", "values": ["Film {{number.ToString(CultureInfo.InvariantCulture)}}"] } ],
              "visual": { "kind": "procedural", "pattern": "gradient", "seed": {{Seed(seed, number, 1)}} } },
            { "id": "two", "role": "point", "say": "Whatever happens to the machines, this is what it says.",
              "text": [ { "kind": "bullets", "values": ["Kill", "Freeze", "Cut"] } ],
              "visual": { "kind": "procedural", "pattern": "waves", "seed": {{Seed(seed, number, 2)}} }, "timing": { "minMs": 6000 } },
            { "id": "three", "role": "quote", "say": "",
              "text": [ { "kind": "quote", "values": ["Nothing is lost.", "The farm"] } ],
              "visual": { "kind": "procedural", "pattern": "grid", "seed": {{Seed(seed, number, 3)}} }, "timing": { "minMs": 5000 } }
          ]
        }
        """;

    private static string Seed(ulong seed, int number, int scene) =>
        ((((seed % 1_000) * 1_000_000) + ((ulong)number * 10) + (ulong)scene) % 1_000_000_000).ToString(CultureInfo.InvariantCulture);
}
