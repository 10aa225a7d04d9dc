using System.Collections.Immutable;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Tests.Composition;

internal static class Films
{
    public static Background Black { get; } = new Background.Solid(new Rgb(0, 0, 0));

    /// <summary>One shot of 60 frames at 30 a second.</summary>
    public static Film One(int width, int height, Background background, params TextCard[] cards) =>
        new(width, height, new FrameRate(30), Theme.Default, [new FilmShot(new Shot(background, [.. cards]), 0, 60)], []);

    /// <summary>Two shots, a transition, every kind of card, captions and a logo.</summary>
    public static Film Everything(int width, int height)
    {
        var camera = new CameraMove(new CameraPose(480_000, 520_000, 1_200_000), new CameraPose(520_000, 480_000, 1_050_000),
            Easing.Smooth);
        var first = new Shot(
            new Background.Picture("500x400:noise", camera),
            [
                new TextCard.Title(0, 25, "Northern Light", "Kicker", "And a subtitle", CardPlace.Top),
                new TextCard.LowerThird(5, TextCard.ToTheEnd, "Ada Lovelace", "London"),
                new TextCard.Placed(3, 28, "placed", 500_000, 600_000, 60_000, new Rgb(255, 255, 255), RiseMillionths: 40_000),
            ]);
        var second = new Shot(
            new Background.Generated(42),
            [
                new TextCard.Bullets(0, 20, "Heading", [new BulletPoint("First", 4), new BulletPoint("Second", 8)]),
                new TextCard.Quote(20, 30, "Whatever we know how to order it to perform", "A. L."),
                new TextCard.BigNumber(10, TextCard.ToTheEnd, "3.7×", "faster"),
            ]);
        ImmutableArray<CaptionCue> captions =
        [
            new CaptionCue(2, 20, [new CaptionWord("Fine", 2, 8), new CaptionWord("lines", 8, 14), new CaptionWord("reveal", 14, 20)]),
            new CaptionCue(24, 50, [new CaptionWord("every", 24, 30), new CaptionWord("jitter", 30, 50)]),
        ];
        return new Film(
            width,
            height,
            new FrameRate(30000, 1001),
            Theme.Default,
            [new FilmShot(first, 0, 30), new FilmShot(second, 30, 30, 8)],
            captions) { Logo = new LogoMark("80x60:120") };
    }
}
