using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Tests.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Composition;

public sealed class BackgroundTests
{
    [FontFact]
    public void Generated_SameSeed_IsTheSamePictureForEver()
    {
        // Frozen: a change here changes films that were rendered before, and must be a decision.
        Assert.Equal("109e627f552a6ab3", Frame(seed: 7, frame: 30)[..16]);
        Assert.NotEqual(Frame(8, 30), Frame(7, 30));
        Assert.NotEqual(Frame(7, 31), Frame(7, 30));
    }

    [FontFact]
    public void Generated_HasNoBands()
    {
        // Where a dithered gradient passes from one code to the next there are no long level runs with sharp ends:
        // within 64 pixels both codes must appear in most rows.
        using var target = Rendered(seed: 3, frame: 0, 640, 360);
        var level = 0;
        for (var y = 0; y < 360; y += 3)
        {
            for (var x = 0; x + 64 <= 640; x += 64)
            {
                level += target.RowY(y).Slice(x, 64).ContainsAnyExcept(target.RowY(y)[x]) ? 0 : 1;
            }
        }

        Assert.InRange(level, 0, 240); // of 1,200
    }

    [FontFact]
    public void Generated_LeavesPaperReadable()
    {
        var paper = Theme.Default.Paper.ToYuv().Y;
        for (ulong seed = 0; seed < 12; seed++)
        {
            using var target = Rendered(seed, 0, 320, 180);
            var meter = new LumaMeter();
            meter.Add(target, new PixelRect(0, 0, 320, 180));
            Assert.True(Contrast.Ratio(paper, meter.Percentile(92)) >= Contrast.ReadableThousandths, $"seed {seed}");
        }
    }

    [FontFact]
    public void Picture_TooSmall_IsShownWholeOverItsBlur()
    {
        using var target = new YuvImage(480, 270);
        using var renderer = new FilmRenderer(Films.One(480, 270, new Background.Picture("100x80:200", CameraMove.Still)), Fonts.All,
            new SyntheticPictures());
        renderer.Compose(0, target);

        // 150 x 120 in the middle at its own tone, a darker tone around.
        Assert.Equal(200, target.RowY(135)[240]);
        Assert.Equal((200, 200), (target.RowY(135)[166], target.RowY(135)[312]));
        Assert.InRange(target.RowY(135)[160], 80, 160);
        Assert.InRange(target.RowY(10)[10], 80, 160);
    }

    [FontTheory]
    [InlineData("4000x6:200")]
    [InlineData("6x4000:200")]
    public void Picture_ThinAsAThread_IsShownOverItsBlur(string picture)
    {
        using var target = new YuvImage(480, 270);
        using var renderer = new FilmRenderer(Films.One(480, 270, new Background.Picture(picture, CameraMove.Still)), Fonts.All,
            new SyntheticPictures());
        renderer.Compose(0, target);

        Assert.InRange(target.RowY(134)[240], 80, 200);
        Assert.InRange(target.RowY(10)[10], 80, 160);
    }

    [FontFact]
    public void Picture_FarTooLarge_IsReducedAndKeepsItsPlace()
    {
        using var target = new YuvImage(160, 128);
        using var renderer = new FilmRenderer(Films.One(160, 128, new Background.Picture("1600x1280:99", CameraMove.Still)), Fonts.All,
            new SyntheticPictures());
        renderer.Compose(5, target);

        Assert.False(target.RowY(64).ContainsAnyExcept((byte)99));
    }

    [Fact]
    public void Path_ZoomAndPan_FollowTheFormula()
    {
        // RS-20's first scene: z 1.08 to 1.20, centre (0.50, 0.50) to (0.52, 0.48), of 3000 x 2000.
        var move = new CameraMove(new CameraPose(500_000, 500_000, 1_080_000), new CameraPose(520_000, 480_000, 1_200_000));
        var path = new CameraPath(move, 3000, 2000, 1920, 1080);
        for (var n = 0; n <= 164; n += 4)
        {
            var u = n / 164.0;
            var window = path.At(EasingCurve.At(Easing.Linear, n, 164));
            var (z, cx, cy) = (1.08 + (0.12 * u), 0.5 + (0.02 * u), 0.5 - (0.02 * u));
            Assert.Equal(3000 / z, window.WidthQ32 / 4294967296.0, 0.001);
            Assert.Equal(3000 / z * 9 / 16, window.HeightQ32 / 4294967296.0, 0.001);
            Assert.Equal((cx * 3000) - (3000 / z / 2), window.XQ32 / 4294967296.0, 0.001);
            Assert.Equal((cy * 2000) - (3000 / z * 9 / 32), window.YQ32 / 4294967296.0, 0.001);
        }
    }

    [Fact]
    public void Path_CentreOutside_StaysInThePicture()
    {
        var path = new CameraPath(new CameraMove(new CameraPose(-9_000_000, 0, 0), new CameraPose(9_000_000, 1_000_000, 99_000_000)), 900,
            700, 160, 90);
        for (long share = 0; share <= EasingCurve.One; share += EasingCurve.One / 64)
        {
            Assert.True(path.At(share).IsWithin(900, 700));
        }
    }

    [Fact]
    public void Flatten_DarkMarkOnNothing_StandsOnPaper()
    {
        using var picture = new YuvImage(20, 20);
        picture.Fill(30, 128, 128);
        using var opacity = new Plane8(20, 20);
        opacity.Row(10).Slice(4, 12).Fill(255);

        PictureFitter.Flatten(picture, opacity, Theme.Default);

        Assert.Equal(Theme.Default.Paper.ToYuv().Y, picture.RowY(2)[2]);
        Assert.Equal(30, picture.RowY(10)[10]);
    }

    private static string Frame(ulong seed, long frame)
    {
        using var target = Rendered(seed, frame, 192, 128);
        return TestPictures.Hash(target);
    }

    private static YuvImage Rendered(ulong seed, long frame, int width, int height)
    {
        var target = new YuvImage(width, height);
        using var renderer = new FilmRenderer(Films.One(width, height, new Background.Generated(seed)), Fonts.All, new SyntheticPictures());
        renderer.Compose(frame, target);
        return target;
    }
}
