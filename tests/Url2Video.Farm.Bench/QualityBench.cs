using System.Diagnostics;
using System.Globalization;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Node.Work.Quality;

namespace Url2Video.Farm.Bench;

/// <summary>
/// What measuring frames costs beside encoding them: the same finished 1080p frames go through the meter and through x264, in turn, one thread each.
/// The frames come from memory, where in a render they are in the cache: the cost is rather overstated.
/// </summary>
internal static class QualityBench
{
    private const int Width = 1920;
    private const int Height = 1080;
    private const int Frames = 96;

    /// <summary>Frames from one that is kept to the next: the whole film is seen.</summary>
    private const int Step = 6;

    public static int Run(int rounds)
    {
        using var photos = new Photos();
        using var renderer = new FilmRenderer(ComposeBench.FilmOf(20), Node.Work.FilmFonts.Shared, photos);
        var frames = new List<(YuvImage Image, IReadOnlyList<SeenText> Texts)>();
        for (var i = 0; i < Frames; i++)
        {
            var image = new YuvImage(Width, Height);
            renderer.Compose(i * Step, image);
            frames.Add((image, renderer.TextsAt(i * Step)));
        }

        var (meter, encoder) = (new List<double>(), new List<double>());
        for (var round = 0; round <= rounds; round++)
        {
            var measured = CpuMs(() => Measure(frames));
            var encoded = CpuMs(() => Encode(frames));
            if (round > 0)
            {
                meter.Add(measured / Frames);
                encoder.Add(encoded / Frames); // The first round warms up.
            }
        }

        var (m, e) = (meter.Min(), encoder.Min());
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Frames} frames {Width}x{Height}, {rounds} rounds, least CPU: meter {m:0.000} ms a frame, x264 veryfast crf 21 {e:0.0} ms a frame: {100 * m / e:0.00} %"));
        frames.ForEach(f => f.Image.Dispose());
        return 0;
    }

    private static void Measure(List<(YuvImage Image, IReadOnlyList<SeenText> Texts)> frames)
    {
        var meter = FrameTapes.MeterOf(Palette.Default, Width, Height);
        for (var i = 0; i < frames.Count; i++)
        {
            meter.Add(frames[i].Image, i, frames[i].Texts);
        }
    }

    private static void Encode(List<(YuvImage Image, IReadOnlyList<SeenText> Texts)> frames)
    {
        using var encoder = VideoEncoder.Open(new VideoEncoderOptions { Width = Width, Height = Height, FpsNum = 30, Crf = 21, Preset = "veryfast", GopFrames = 64 });
        var bytes = 0L;
        for (var i = 0; i < frames.Count; i++)
        {
            encoder.Encode(frames[i].Image, i, p => bytes += p.Data.Length);
        }

        encoder.Flush(p => bytes += p.Data.Length);
    }

    private static double CpuMs(Action work)
    {
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        work();
        return (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds;
    }
}
