using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Tests.Composition;
using Xunit;

namespace Url2Video.Farm.Media.Tests.FFmpeg;

/// <summary>What a PNG hides under its holes must not be seen: a red disc whose outside is transparent green.</summary>
public sealed class SpreadTests
{
    private static readonly byte[] s_disc = TestPng.Rgba(64, 64, (x, y) =>
    {
        var away = Math.Sqrt(((x - 31.5) * (x - 31.5)) + ((y - 31.5) * (y - 31.5)));
        var alpha = (byte)Math.Round(255 * Math.Clamp(24.5 - away, 0, 1));
        return alpha == 0 ? ((byte)0, (byte)255, (byte)0, (byte)0) : ((byte)255, (byte)0, (byte)0, alpha);
    });

    [RequiresFFmpegFact]
    public void Decode_Spread_ColoursHolesLikeWhatIsSeen()
    {
        using var plain = ImageDecoder.Decode(s_disc);
        using var spread = ImageDecoder.Decode(s_disc, new ImageDecodeOptions { IsSpread = true });
        var red = new Rgb(255, 0, 0).ToYuv();

        Assert.Equal(plain.Opacity!.Row(9).ToArray(), spread.Opacity!.Row(9).ToArray());
        foreach (var y in (int[])[0, 5, 16, 31])
        {
            Assert.All(spread.Image.RowV(y).ToArray(), v => Assert.InRange(v - red.V, -1, 1));
            Assert.All(spread.Image.RowY(2 * y).ToArray(), l => Assert.InRange(l - red.Y, -1, 1));
        }

        Assert.InRange(plain.Image.RowV(0)[0], 0, 100);
    }

    /// <summary>Over red nothing of the disc is seen: its rim is red too, at every size.</summary>
    [RequiresFFmpegFact]
    public void Draw_DiscOverItsOwnColour_HasNoRim()
    {
        foreach (var scale in (int[])[150_000, 330_000, 1_000_000])
        {
            var layer = new Layer(new Background.Picture("disc", CameraMove.Still, PictureFit.Contain), new LayerBox(100_000, 100_000, 800_000, 800_000))
            {
                Keys = [new LayerKey(0, 501_000, 502_000, scale, 1_000, 32_767, CubicBezier.Linear)],
            };
            var film = Films.One(320, 180, new Background.Solid(new Rgb(255, 0, 0)));
            film = film with { Shots = [film.Shots[0] with { Shot = film.Shots[0].Shot with { Layers = [layer] } }] };
            using var frame = new YuvImage(320, 180);
            using var renderer = new FilmRenderer(film, Fonts.All, new OnePicture());
            renderer.Compose(0, frame);
            var red = new Rgb(255, 0, 0).ToYuv();
            for (var y = 0; y < 180; y++)
            {
                Assert.All(frame.RowY(y).ToArray(), l => Assert.InRange(l - red.Y, -2, 2));
                Assert.All(frame.RowV(y / 2).ToArray(), v => Assert.InRange(v - red.V, -2, 2));
            }
        }
    }

    private sealed class OnePicture : IPictureSource
    {
        public DecodedPicture Open(string pictureId) => throw new NotSupportedException("A layer opens its picture as a layer.");

        public DecodedPicture OpenLayer(string pictureId)
        {
            var decoded = ImageDecoder.Decode(s_disc, new ImageDecodeOptions { IsSpread = true });
            return new DecodedPicture(decoded.Image, decoded.Opacity);
        }
    }
}
