using System.Collections.Immutable;
using System.Text;
using FsCheck.Xunit;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Core.Tests.Storyboards;

public sealed class StoryboardWriterTests
{
    [Property(MaxTest = 300)]
    public void WriteReadWrite_AnyStoryboard_GivesTheSameBytes(int seed)
    {
        var first = StoryboardWriter.Write(AnyStoryboard.From(seed));
        var again = StoryboardWriter.Write(StoryboardReader.Read(first).Require());

        Assert.Equal(Encoding.UTF8.GetString(first), Encoding.UTF8.GetString(again));
    }

    [Fact]
    public void Write_OneScene_IsTheDocumentedForm()
    {
        var storyboard = new Storyboard(
            "Tea & “time”", "en", new Canvas(1280, 720, new Rational(30000, 1001)), new Voice("flite:rms", 100), new Music(MusicMood.Warm,
            7), -145,
            new CaptionLook(CaptionPlacement.Both, CaptionStyle.Karaoke), Palette.Default,
            [new Scene("a", SceneRole.Hook, "Grüße.", [new TextElement(TextKind.Title, ["T"])],
                new Visual.Image(new VisualAsset.InBundle("i/a.jpg"), "A cup", new Point(2_500, 5_000), Fit.Cover,
                    new Camera(CameraView.Whole, new CameraView(new Point(1, 9_999), 12_000), Easing.Smooth), "fits", 90),
                Transition.Default, SceneTiming.Default with { MsFixed = 4_000 }, new Provenance("https://a.b/", [3], ["p"], ["q"]))]);

        Assert.Equal(
            """
            {
              "schema": "url2video.storyboard/1",
              "title": "Tea & “time”",
              "language": "en",
              "canvas": {
                "width": 1280,
                "height": 720,
                "fps": "30000/1001"
              },
              "voice": {
                "id": "flite:rms",
                "rate": 100
              },
              "music": {
                "mood": "warm",
                "seed": 7
              },
              "loudness": -14.5,
              "captions": {
                "placement": "both",
                "style": "karaoke"
              },
              "palette": {
                "background": "#0e1424",
                "surface": "#1b2540",
                "text": "#f7f9fc",
                "accent": "#4fb3ff"
              },
              "scenes": [
                {
                  "id": "a",
                  "role": "hook",
                  "say": "Grüße.",
                  "text": [
                    {
                      "kind": "title",
                      "values": [
                        "T"
                      ]
                    }
                  ],
                  "visual": {
                    "kind": "image",
                    "asset": "i/a.jpg",
                    "alt": "A cup",
                    "focus": {
                      "x": 0.25,
                      "y": 0.5
                    },
                    "fit": "cover",
                    "camera": {
                      "from": {
                        "x": 0.5,
                        "y": 0.5,
                        "zoom": 1
                      },
                      "to": {
                        "x": 0.0001,
                        "y": 0.9999,
                        "zoom": 1.2
                      },
                      "easing": "smooth"
                    },
                    "why": "fits",
                    "score": 90
                  },
                  "transition": {
                    "kind": "crossFade",
                    "ms": 500
                  },
                  "timing": {
                    "minMs": 2000,
                    "fixedMs": 4000,
                    "leadMs": 250,
                    "tailMs": 350
                  },
                  "provenance": {
                    "url": "https://a.b/",
                    "blocks": [
                      3
                    ],
                    "paths": [
                      "p"
                    ],
                    "quotes": [
                      "q"
                    ]
                  }
                }
              ]
            }

            """,
            Encoding.UTF8.GetString(StoryboardWriter.Write(storyboard)));
    }
}
