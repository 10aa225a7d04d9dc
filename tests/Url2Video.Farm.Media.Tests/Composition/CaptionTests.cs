using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Composition;

public sealed class CaptionTests
{
    private static readonly CaptionCue s_cue = new(10, 40, [new("one", 10, 20), new("two", 20, 30), new("three", 30, 40)]);

    [FontFact("NotoSans")]
    public void Captions_OutsideTheirTime_ShowNothing()
    {
        using var target = new YuvImage(640, 360);
        using var renderer = Renderer(640, 360, s_cue);

        renderer.Compose(9, target);
        Assert.Empty(ColumnsOf(target, accent: false));
        renderer.Compose(10, target);
        Assert.NotEmpty(ColumnsOf(target, accent: false));
        renderer.Compose(40, target);
        Assert.Empty(ColumnsOf(target, accent: false));
    }

    [FontFact("NotoSans")]
    public void Captions_SpokenWord_CarriesTheAccentAndMovesOn()
    {
        using var target = new YuvImage(640, 360);
        using var renderer = Renderer(640, 360, s_cue);

        var middles = new List<double>();
        foreach (var frame in (int[])[15, 25, 35])
        {
            renderer.Compose(frame, target);
            var columns = ColumnsOf(target, accent: true);
            Assert.NotEmpty(columns);
            middles.Add(columns.Average());
        }

        Assert.True(middles[0] < middles[1] - 10 && middles[1] < middles[2] - 10, string.Join(' ', middles));
    }

    [FontFact("NotoSans")]
    public void Captions_LongCue_StaysInItsAreaOnTwoLines()
    {
        var words = Enumerable.Range(0, 14).Select(i => new CaptionWord("wording", i, i + 1));
        foreach (var (width, height) in ((int, int)[])[(640, 360), (360, 640), (360, 360), (360, 450)])
        {
            using var target = new YuvImage(width, height);
            using var renderer = Renderer(width, height, new CaptionCue(0, 60, [.. words]));
            renderer.Compose(30, target);

            var safe = SafeArea.Create(width, height, hasCaptions: true);
            for (var y = 0; y < height; y++)
            {
                var isInside = y >= safe.Captions.Y && y < safe.Captions.Bottom;
                var row = target.RowY(y);
                Assert.True(isInside || !row.ContainsAnyExcept((byte)16), $"{width}x{height}: row {y}");
                Assert.False(row[..safe.Captions.X].ContainsAnyExcept((byte)16));
            }
        }
    }

    [FontFact("NotoSans")]
    public void Captions_TakeRoomFromCards() =>
        Assert.True(SafeArea.Create(1920, 1080, true).Content.Bottom <= SafeArea.Create(1920, 1080, true).Captions.Y
            && SafeArea.Create(1920, 1080, false).Content.Bottom > SafeArea.Create(1920, 1080, true).Content.Bottom);

    private static FilmRenderer Renderer(int width, int height, CaptionCue cue) =>
        new(Films.One(width, height, Films.Black) with { Captions = [cue] }, Fonts.All, new SyntheticPictures());

    /// <summary>Columns with light text: in the accent (amber: little blue) or in any colour.</summary>
    private static List<int> ColumnsOf(YuvImage image, bool accent)
    {
        var columns = new List<int>();
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                if (image.RowY(y)[x] > 120 && (!accent || image.RowU(y / 2)[x / 2] < 85))
                {
                    columns.Add(x);
                }
            }
        }

        return columns;
    }
}
