using System.Collections.Immutable;
using Url2Video.Farm.Core.Captions;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Quality;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Node.Work;
using Url2Video.Farm.Node.Work.Quality;
using CaptionStyle = Url2Video.Farm.Core.Captions.CaptionStyle;
using Rgb = Url2Video.Farm.Media.Pixels.Rgb;

namespace Url2Video.Farm.Cluster.Tests.Work.Quality;

/// <summary>Texts as the compositor draws them: contrast on the drawn frame, place, logo.</summary>
public sealed class TextFaultTests
{
    private const int Frames = 60;
    private static readonly Rgb s_dark = new(0x18, 0x20, 0x38);
    private static readonly Rgb s_white = new(0xFA, 0xFA, 0xF7);

    [Fact]
    public void Texts_WellSet_HaveNoFinding() => Assert.Empty(FindingsOf(s_dark, Placed(s_white), new TextCard.Title(0, TextCard.ToTheEnd, "A headline")));

    [Theory]
    [InlineData(0x20, 0x28, 0x40, Severity.Error)] // Nearly the colour of the ground.
    [InlineData(0x5C, 0x62, 0x70, Severity.Warning)]
    public void Text_NearToTheColourBehindIt_IsFound(byte r, byte g, byte b, Severity severity)
    {
        var finding = Assert.Single(FindingsOf(s_dark, Placed(new Rgb(r, g, b))));

        Assert.Equal((FindingCodes.Contrast, severity), (finding.Code, finding.Severity));
        Assert.InRange(finding.Measured, 1, 3);
    }

    /// <summary>White on white: the letters vanish, and with them what could be measured of them.</summary>
    [Fact]
    public void Text_OnItsOwnColour_IsFound() =>
        Assert.Equal((FindingCodes.Contrast, 1m), FindingsOf(new Rgb(0xFA, 0xFA, 0xF7), Placed(s_white)).Select(f => (f.Code, f.Measured)).Single());

    /// <summary>The house's own cards lay a veil under what would be lost: the same white, and nothing is found.</summary>
    [Fact]
    public void Title_OnWhite_IsVeiledAndFine() => Assert.Empty(FindingsOf(new Rgb(0xFF, 0xFF, 0xFF), new TextCard.Title(0, TextCard.ToTheEnd, "A headline")));

    [Theory]
    [InlineData(500_000, 10_000, Severity.Warning)] // Ten of a thousand from the upper edge.
    [InlineData(980_000, 500_000, Severity.Error)] // Leads out.
    public void Text_OutsideTheSafeArea_IsFound(int x, int y, Severity severity)
    {
        var finding = Assert.Single(FindingsOf(s_dark, Placed(s_white, x, y)));

        Assert.Equal((FindingCodes.SafeArea, severity), (finding.Code, finding.Severity));
    }

    [Fact]
    public void Caption_OnItsBox_IsFine_AndOutlinedOnWhiteIsMeasured()
    {
        ImmutableArray<CaptionCue> cues = [new CaptionCue(0, Frames, [new CaptionWord("Fine", 0, 30), new CaptionWord("lines", 30, 60)])];

        var film = FilmOf(new Rgb(0xFF, 0xFF, 0xFF)) with { Captions = cues };

        Assert.Empty(Judge(film with { CaptionPreset = CaptionPreset.BoxedActiveWord }).Findings);
        Assert.Equal([FindingCodes.Contrast], Judge(film with { CaptionPreset = CaptionPreset.Outlined }).Findings.Select(f => f.Code));
    }

    [Fact]
    public void Logo_TooSmall_OrUnderAText_IsFound()
    {
        var film = FilmOf(s_dark);

        Assert.Empty(Judge(film with { Logo = new LogoMark("logo") }).Findings);
        Assert.Equal([FindingCodes.LogoSize], Judge(film with { Logo = new LogoMark("logo", WidthMillionths: 20_000) }).Findings.Select(f => f.Code));
        var beside = FilmOf(s_dark, Placed(s_white, 800_000, 60_000)) with { Logo = new LogoMark("logo") };
        Assert.Equal([FindingCodes.LogoSpace], Judge(beside).Findings.Select(f => f.Code));
    }

    private static ImmutableArray<Finding> FindingsOf(Rgb ground, params TextCard[] cards) => Judge(FilmOf(ground, cards)).Findings;

    private static TextCard.Placed Placed(Rgb colour, int x = 500_000, int y = 450_000) =>
        new(0, TextCard.ToTheEnd, "Legible words", x, y, 60_000, colour, HasShadow: false, IsKeptReadable: false, IsBold: true);

    private static Film FilmOf(Rgb ground, params TextCard[] cards) =>
        new(1280, 720, new FrameRate(30), Theme.Default, [new FilmShot(new Shot(new Background.Solid(ground), [.. cards]), 0, Frames)], []);

    private static QualityReport Judge(Film film)
    {
        using var renderer = new FilmRenderer(film, FilmFonts.Shared, new OneLogo());
        using var image = new YuvImage(film.Width, film.Height);
        var meter = FrameTapes.MeterOf(Palette.Default, film.Width, film.Height);
        for (var frame = 0; frame < Frames; frame++)
        {
            renderer.Compose(frame, image);
            meter.Add(image, frame, meter.IsLookedAtClosely(frame) ? renderer.TextsAt(frame) : []);
        }

        var tape = FrameTapes.TapeOf(meter, 0, [new SceneSlot(0, 0, Frames * 1_600, 0, Frames, 0, 0)]);
        var fps = new Core.Rational(30, 1);
        var outline = new FilmOutline(film.Width, film.Height, fps, Frames, Frames * 1_600, [new SceneSpan("s1", 0, Frames, 0)]) { ShortSideMin = 720 };
        return QualityJudge.Judge(new QualityCase(
            outline, PictureTrack.Of([tape]), null, null, [], CaptionStyle.For(1280, 720, fps), HasCaptions: false));
    }

    private sealed class OneLogo : IPictureSource
    {
        public DecodedPicture Open(string pictureId)
        {
            var picture = new YuvImage(80, 60);
            picture.Fill(180, 100, 160);
            return new DecodedPicture(picture, null);
        }
    }
}
