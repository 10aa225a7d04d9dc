using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Composition.Layers;

/// <summary>Layers, brushes, split screens and turns, to be looked at.</summary>
public sealed class LayerSheetTests
{
    private const int Width = 960;
    private const int Height = 540;

    [SheetsFact]
    public void Layers_AsASheet()
    {
        var ease = new CubicBezier(2_500, 1_000, 2_500, 10_000);
        var layers = new List<Layer>
        {
            new(new Background.Picture("street2", CameraMove.Still), new LayerBox(50_000, 80_000, 420_000, 420_000))
            {
                Shape = LayerShape.Rounded,
                Keys = [new LayerKey(0, -250_000, 300_000, 1_000_000, -1_500, 0, ease), new LayerKey(900, 280_000, 300_000, 1_000_000, -400, 32_767, ease)],
            },
            new(new Background.Generated(9, GeneratedPattern.Waves), new LayerBox(560_000, 80_000, 360_000, 360_000)) { Shape = LayerShape.Circle, Alpha = 29_000 },
            new(new Background.Picture("star", CameraMove.Still, PictureFit.Contain), new LayerBox(350_000, 350_000, 300_000, 500_000))
            {
                Keys = [new LayerKey(0, 500_000, 650_000, 100_000, 0, 32_767, ease), new LayerKey(1_900, 500_000, 650_000, 1_000_000, 18_000, 32_767, ease)],
            },
        };
        var modes = Enum.GetValues<BlendMode>();
        layers.AddRange(modes[..5].Select((m, i) => new Layer(new Background.Picture("ramp", CameraMove.Still), new LayerBox(20_000 + (195_000 * i), 800_000, 180_000, 170_000)) { Blend = m }));
        Sheets.Write("layers", Frames(new Background.Picture("street", CameraMove.Still), layers, [0, 8, 16, 24, 32, 40, 50, 59]));

        var rest = modes.Select((m, i) => new Layer(new Background.Picture("ramp", CameraMove.Still), new LayerBox(40_000 + (i % 5 * 190_000), 100_000 + (i / 5 * 450_000), 170_000, 350_000)) { Blend = m }).ToList();
        Sheets.Write("blends", Frames(new Background.Picture("street", CameraMove.Still), rest[..8], [0]).Concat(Frames(new Background.Picture("street", CameraMove.Still), rest[8..], [0])));
    }

    [SheetsFact]
    public void BrushesAndJoined_AsSheets()
    {
        MotionBrush[] brushes = [new(new BrushArea.Ellipse(new LayerBox(200_000, 150_000, 350_000, 700_000), 60_000), 80_000, 0, 0, 6_000) { Length = 2_000 }];
        Sheets.Write("brush", Frames(new Background.Picture("street", CameraMove.Still) { Brushes = [.. brushes] }, [], [0, 8, 15, 22, 30, 38, 45, 59]));
        var depth = brushes[0] with { DxMillionths = 0, DepthMillionths = 100_000, Mode = BrushMode.Swing };
        Sheets.Write("depth", Frames(new Background.Picture("street", CameraMove.Still) { Brushes = [depth] }, [], [0, 15, 30, 45]));

        SplitKey[] keys = [new(0, 500_000, CubicBezier.Linear), new(900, 800_000, new CubicBezier(4_200, 0, 5_800, 10_000)), new(1_900, 200_000, new CubicBezier(4_200, 0, 5_800, 10_000))];
        var split = new Background.Split(new("street", CameraMove.Still), new("street2", CameraMove.Still), [.. keys]);
        Sheets.Write("split", Frames(split, [], [0, 15, 27, 59]).Concat(Frames(split with { IsBeside = true }, [], [0, 15, 27, 59]))
            .Concat(Frames(split with { IsBeside = true, IsStacked = true }, [], [0, 15, 27, 59])));
        var spin = new Background.Spin([.. Enumerable.Range(0, 24).Select(i => $"turn{i}")], 100);
        Sheets.Write("spin", Frames(spin, [], [0, 6, 12, 19, 26, 33, 40, 59]));
    }

    private static IEnumerable<YuvImage> Frames(Background background, IEnumerable<Layer> layers, int[] numbers)
    {
        var film = Films.One(Width, Height, background);
        film = film with { Shots = [film.Shots[0] with { Shot = film.Shots[0].Shot with { Layers = [.. layers] } }] };
        using var renderer = new FilmRenderer(film, Fonts.All, new DrawnPictures());
        using var frame = new YuvImage(Width, Height);
        foreach (var n in numbers)
        {
            renderer.Compose(n, frame);
            yield return frame;
        }
    }

    /// <summary>Pictures by arithmetic that show what happens to them.</summary>
    private sealed class DrawnPictures : IPictureSource
    {
        public DecodedPicture Open(string pictureId) => pictureId switch
        {
            "street" => Of(1920, 1080, (x, y) => Street(x, y, 0)),
            "street2" => Of(1600, 1200, (x, y) => Street(x, y, 1)),
            "ramp" => Of(400, 400, (x, y) => new Rgb((byte)(x * 255 / 400), (byte)(y * 255 / 400), (byte)(255 - (x * 255 / 400)))),
            "star" => Star(),
            _ => Of(960, 540, (x, y) => Turned(x, y, int.Parse(pictureId[4..], System.Globalization.CultureInfo.InvariantCulture))),
        };

        private static Rgb Street(int x, int y, int kind)
        {
            var isBrick = ((x + (y / 60 % 2 * 60)) % 120 < 6) || (y % 60 < 6);
            var sun = Math.Sqrt(((x - 760.0) * (x - 760)) + ((y - 540.0) * (y - 540)));
            if (sun < 260)
            {
                return (int)(sun / 26) % 2 == 0 ? new Rgb(250, 180, 60) : new Rgb(200, 70, 40);
            }

            var (r, g, b) = kind == 0 ? (60, 90, 130) : (120, 60, 90);
            var light = isBrick ? 50 : 0;
            return new Rgb((byte)(r + light + (x / 40)), (byte)(g + light + (y / 40)), (byte)(b + light));
        }

        private static Rgb Turned(int x, int y, int step)
        {
            var angle = 2 * Math.PI * step / 24;
            var (dx, dy) = (x - 480, y - 270);
            if (Math.Abs(dy) < 170 && Math.Abs(dx) < 150)
            {
                var face = (Math.Asin(dx / 150.0) + angle) / (2 * Math.PI) * 8;
                return ((int)Math.Floor(face) & 1) == 0 ? new Rgb(230, (byte)(120 + (dy / 3)), 60) : new Rgb(40, 110, 160);
            }

            return new Rgb(240, 240, 236);
        }

        private static DecodedPicture Star()
        {
            var bytes = FFmpeg.TestPng.Rgba(400, 400, (x, y) =>
            {
                var (dx, dy) = (x - 199.5, y - 199.5);
                var away = Math.Sqrt((dx * dx) + (dy * dy));
                var edge = 120 + (60 * Math.Cos(5 * Math.Atan2(dy, dx)));
                return ((byte)255, (byte)230, (byte)80, (byte)Math.Round(255 * Math.Clamp(edge - away, 0, 1)));
            });
            var decoded = ImageDecoder.Decode(bytes, new ImageDecodeOptions { IsSpread = true });
            return new DecodedPicture(decoded.Image, decoded.Opacity);
        }

        private static DecodedPicture Of(int width, int height, Func<int, int, Rgb> colour)
        {
            var image = new YuvImage(width, height);
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    var yuv = colour(x, y).ToYuv();
                    image.RowY(y)[x] = yuv.Y;
                    (image.RowU(y / 2)[x / 2], image.RowV(y / 2)[x / 2]) = (yuv.U, yuv.V);
                }
            }

            return new DecodedPicture(image);
        }
    }
}
