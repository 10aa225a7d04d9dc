using System.Collections.Immutable;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Quality;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Node.Work;
using Url2Video.Farm.Node.Work.Quality;
using CaptionStyle = Url2Video.Farm.Core.Captions.CaptionStyle;
using MarkAnchor = Url2Video.Farm.Media.Composition.MarkAnchor;
using Rgb = Url2Video.Farm.Media.Pixels.Rgb;

namespace Url2Video.Farm.Cluster.Tests.Work.Quality;

/// <summary>A film of two chunks whose first one is edited: the second one, and its measures, are used again.</summary>
public sealed class EditedFilmTests
{
    private const int Width = 640;
    private const int Height = 360;
    private const int ChunkFrames = 96;

    /// <summary>An early scene becomes two of the same length together: later scenes have other numbers, and begin where they began.</summary>
    [Fact]
    public void Report_AfterAnEarlySceneWasSplit_IsThatOfAFreshRender()
    {
        var split = new[] { SlotOf(0, 0, 48), SlotOf(1, 48, 48), SlotOf(2, 96, 48), SlotOf(3, 144, 48) };
        var first = TapeOf(0, split[..2]);
        var fresh = TapeOf(ChunkFrames, split[2..]);
        var reused = TapeOf(ChunkFrames, SlotOf(1, 96, 48), SlotOf(2, 144, 48));

        Assert.Equal(PictureTapeFile.Write(fresh), PictureTapeFile.Write(reused));
        var report = Judge(split, first, reused);
        Assert.Equal(["s0", "s1", "s2", "s3"], report.Findings.Where(f => f.Code == FindingCodes.SafeArea).Select(f => f.Scene));
        Assert.Equal(QualityJson.Write(Judge(split, first, fresh)), QualityJson.Write(report));
    }

    [Fact]
    public void Logo_ThatChoosesItsCorner_IsToldForEverySceneApart()
    {
        var slots = new[] { SlotOf(0, 0, 48), SlotOf(1, 48, 48) };

        Assert.Equal(["logo/0000000000", "logo/0000000048"], LogosOf(MarkAnchor.Auto));
        Assert.Equal(["logo"], LogosOf(MarkAnchor.TopLeft));

        IEnumerable<string> LogosOf(MarkAnchor anchor) => TapeOf(0, slots, new LogoMark("logo", anchor)).Texts.Where(t => t.Role == TextRole.Logo).Select(t => t.Id);
    }

    private static SceneSlot SlotOf(int index, long start, long frames) => new(index, start * 1_600, frames * 1_600, start, frames, 0, 0);

    private static PictureTape TapeOf(long first, params SceneSlot[] slots) => TapeOf(first, slots, null);

    private static PictureTape TapeOf(long first, SceneSlot[] slots, LogoMark? logo)
    {
        var film = new Film(Width, Height, new FrameRate(30), Theme.Default, [.. slots.Select(s => ShotOf(s, first))], []) { Logo = logo };
        using var renderer = new FilmRenderer(film, FilmFonts.Shared, new OneLogo());
        using var image = new YuvImage(Width, Height);
        var meter = FrameTapes.MeterOf(Palette.Default, Width, Height);
        for (var frame = 0; frame < ChunkFrames; frame++)
        {
            renderer.Compose(frame, image);
            meter.Add(image, first + frame, meter.IsLookedAtClosely(first + frame) ? renderer.TextsAt(frame) : []);
        }

        return PictureTapeFile.TryRead(PictureTapeFile.Write(FrameTapes.TapeOf(meter, first, [.. slots])))!;
    }

    // A text at the upper edge, so that there is something to be told of every scene.
    private static FilmShot ShotOf(SceneSlot slot, long first) => new(
        new Shot(
            new Background.Solid(new Rgb(0x18, 0x20, 0x38)),
            [new TextCard.Placed(0, TextCard.ToTheEnd, "At the edge", 500_000, 10_000, 60_000, new Rgb(0xFA, 0xFA, 0xF7), HasShadow: false, IsKeptReadable: false, IsBold: true)]),
        (int)(slot.StartFrame - first),
        (int)slot.Frames);

    private static QualityReport Judge(SceneSlot[] slots, params PictureTape[] tapes)
    {
        var fps = new Core.Rational(30, 1);
        ImmutableArray<SceneSpan> scenes = [.. slots.Select(s => new SceneSpan($"s{s.Index}", s.StartFrame, s.Frames, 0))];
        var outline = new FilmOutline(Width, Height, fps, 2 * ChunkFrames, 2 * ChunkFrames * 1_600, scenes) { ShortSideMin = Height };
        return QualityJudge.Judge(new QualityCase(outline, PictureTrack.Of(tapes), null, null, [], CaptionStyle.For(Width, Height, fps), HasCaptions: false));
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
