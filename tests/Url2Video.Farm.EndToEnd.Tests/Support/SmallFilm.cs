namespace Url2Video.Farm.EndToEnd.Tests.Support;

/// <summary>The smallest film that has everything: several scenes, chunks and rungs, speech, text and a cross-fade.</summary>
internal static class SmallFilm
{
    public const string Storyboard = """
        {
          "schema": "url2video.storyboard/1",
          "title": "A small film",
          "language": "en",
          "canvas": { "width": 320, "height": 180, "fps": 30 },
          "scenes": [
            { "id": "one", "role": "title", "say": "This is the first scene of a small film.",
              "text": [ { "kind": "title", "values": ["One"] } ],
              "visual": { "kind": "procedural", "pattern": "gradient", "seed": 1 } },
            { "id": "two", "role": "point", "say": "The second scene counts to three: one, two, three.",
              "text": [ { "kind": "bullets", "values": ["First", "Second", "Third"] } ],
              "visual": { "kind": "procedural", "pattern": "waves", "seed": 2 } },
            { "id": "more", "role": "point", "say": "There is more to see than to say, so the pictures move while the voice rests.",
              "text": [ { "kind": "number", "values": ["42", "pictures that move"] } ],
              "visual": { "kind": "procedural", "pattern": "waves", "seed": 4 }, "timing": { "minMs": 6000 } },
            { "id": "quiet", "role": "quote", "say": "",
              "text": [ { "kind": "quote", "values": ["Nothing is said here.", "The film"] } ],
              "visual": { "kind": "procedural", "pattern": "gradient", "seed": 5 }, "timing": { "minMs": 5000 } },
            { "id": "three", "role": "cta", "say": "And this is where it ends. Thank you for watching.",
              "text": [ { "kind": "lowerThird", "values": ["The end"] } ],
              "visual": { "kind": "procedural", "pattern": "grid", "seed": 3 } }
          ]
        }
        """;

    public static string WriteTo(TempFolder folder)
    {
        var path = folder["storyboard.json"];
        File.WriteAllText(path, Storyboard);
        return path;
    }

    public static string[] Render(string storyboard, string outDir, string dataDir, params string[] more) =>
        ["render", storyboard, "--out", outDir, "--data", dataDir, "--ladder", "180,144", "--json", .. more];
}
