using System.Collections.Immutable;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Captions;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Quality;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Node.Work.Quality;
using CaptionStyle = Url2Video.Farm.Core.Captions.CaptionStyle;

namespace Url2Video.Farm.Cluster.Tests.Work.Quality;

/// <summary>Eight seconds of 30 pictures each that have nothing wrong: a sharp texture that travels. A fault replaces some of them.</summary>
internal static class SyntheticFilm
{
    public const int Width = 640;
    public const int Height = 360;
    public const int Frames = 240;

    public static readonly Rational Fps = new(30, 1);

    private static readonly ImmutableArray<SceneSlot> s_scenes = [new SceneSlot(0, 0, Frames * 1_600, 0, Frames, 0, 0)];

    public static FilmOutline Outline { get; } = new(Width, Height, Fps, Frames, Frames * 1_600, [new SceneSpan("s1", 0, Frames, 0) { Moves = true, IsPicture = true, IsSpoken = true }])
    {
        ShortSideMin = Height,
        LoudnessLufsTenths = -140,
        HasMusic = true,
    };

    public static SoundFacts GoodSound { get; } = new(-1_400, -150, new SoundMeasure(Frames * 1_600, [.. Enumerable.Repeat(-2_000, 80)], 0, -1, 0));

    public static ImmutableArray<Cue> GoodCues { get; } = [CueOf(1_000, 3_000, "A caption to be read")];

    public static Cue CueOf(int startMs, int endMs, params string[] lines) => new(startMs * 48L, endMs * 48L, [.. lines], []);

    /// <param name="paint">The film: gives each frame its picture.</param>
    /// <param name="cuts">Where chunks begin, besides at 0.</param>
    public static PictureTrack Measure(Action<YuvImage, int> paint, params int[] cuts)
    {
        using var image = new YuvImage(Width, Height);
        int[] edges = [0, .. cuts, Frames];
        var tapes = new List<PictureTape>();
        foreach (var (from, end) in edges.Zip(edges.Skip(1)))
        {
            var meter = FrameTapes.MeterOf(Palette.Default, Width, Height);
            for (var frame = from; frame < end; frame++)
            {
                paint(image, frame);
                meter.Add(image, frame, []);
            }

            tapes.Add(PictureTapeFile.TryRead(PictureTapeFile.Write(FrameTapes.TapeOf(meter, from, s_scenes)))!);
        }

        return PictureTrack.Of(tapes);
    }

    public static QualityReport Judge(PictureTrack pictures, SoundFacts? sound = null, ImmutableArray<Cue>? cues = null) => QualityJudge.Judge(new QualityCase(
        Outline, pictures, new CodedPictures(Frames, true), sound ?? GoodSound, cues ?? GoodCues, CaptionStyle.For(1920, 1080, Fps), HasCaptions: true));

    public static void PaintClean(YuvImage image, int frame) => Paint(image, (x, y) => Texture(x + (2 * frame), y));

    public static byte Texture(int x, int y) => (byte)(70 + (Noise(x, y) % 50) + (Noise(x / 24, y / 24) % 40));

    public static int Noise(int x, int y)
    {
        var hash = ((uint)x * 0x9E37_79B1) ^ ((uint)y * 0x85EB_CA77);
        return (int)(((hash ^ (hash >> 15)) * 0x2C1B_3C6D) >> 12);
    }

    public static void Paint(YuvImage image, Func<int, int, byte> luma, byte u = 128, byte v = 128)
    {
        image.Fill(16, u, v);
        for (var y = 0; y < Height; y++)
        {
            var row = image.RowY(y);
            for (var x = 0; x < Width; x++)
            {
                row[x] = luma(x, y);
            }
        }
    }
}
