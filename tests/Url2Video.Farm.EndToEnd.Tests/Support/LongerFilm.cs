namespace Url2Video.Farm.EndToEnd.Tests.Support;

/// <summary>About a minute, so that there is something left to do after the killing.</summary>
internal static class LongerFilm
{
    public const string Storyboard = """
        {
          "schema": "url2video.storyboard/1", "title": "A longer film", "language": "en",
          "canvas": { "width": 640, "height": 360, "fps": 30 },
          "scenes": [
            { "id": "a", "role": "title", "say": "This film is made while machines die.", "text": [ { "kind": "title", "values": ["One"] } ],
              "visual": { "kind": "procedural", "pattern": "gradient", "seed": 11 }, "timing": { "minMs": 14000 } },
            { "id": "b", "role": "point", "say": "Two nodes and a server are killed on the way.", "text": [ { "kind": "bullets", "values": ["First", "Second"] } ],
              "visual": { "kind": "procedural", "pattern": "waves", "seed": 12 }, "timing": { "minMs": 16000 } },
            { "id": "c", "role": "quote", "say": "", "text": [ { "kind": "quote", "values": ["Nothing is lost.", "The farm"] } ],
              "visual": { "kind": "procedural", "pattern": "grid", "seed": 13 }, "timing": { "minMs": 14000 } },
            { "id": "d", "role": "cta", "say": "And it is the same film, to the bit.", "text": [ { "kind": "lowerThird", "values": ["The end"] } ],
              "visual": { "kind": "procedural", "pattern": "waves", "seed": 14 }, "timing": { "minMs": 12000 } }
          ]
        }
        """;
}
