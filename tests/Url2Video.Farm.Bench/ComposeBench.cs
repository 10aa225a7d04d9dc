using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Bench;

/// <summary>
/// What composing costs beside encoding: a 1080p30 film (photos under a slow camera, titles, lower thirds, cross-fades) is
/// rendered in chunks by N workers, and then the same finished frames, lying raw in the page cache, go through the same encoder
/// in the same chunks by N workers. Pairs are interleaved and ratios quoted, because machines are shared and noisy.
/// </summary>
internal static class ComposeBench
{
    private const int Width = 1920;
    private const int Height = 1080;
    private const int Fps = 30;
    private const int ChunkFrames = 128;
    private const int SceneFrames = 150;
    private const int TransitionFrames = 15;

    private static readonly string[] Titles = ["Chapter One", "Northern Light", "Hard Edges", "The Last Scene"];

    public static int Run(int seconds, int pairs, int workers)
    {
        using var photos = new Photos();
        var film = FilmOf(seconds);
        var raw = Path.Combine(Path.GetTempPath(), $"u2v-bench-{Environment.ProcessId}.yuv");
        Console.WriteLine($"{seconds} s at {Width}x{Height}p{Fps}, {film.Frames} frames, {workers} workers, x264 veryfast crf 21, threads=1 a chunk, {pairs} pairs");
        try
        {
            DumpRaw(film, photos, raw);
            Measure("warm-up", () => InChunks(film.Frames, workers, (first, count) => Encode(film, photos, null, first, count)));
            var ratios = new List<(double Wall, double Cpu)>();
            for (var pair = 0; pair < pairs; pair++)
            {
                var render = Measure("render ", () => InChunks(film.Frames, workers, (first, count) => Encode(film, photos, null, first, count)));
                var floor = Measure("encoder", () => InChunks(film.Frames, workers, (first, count) => Encode(film, photos, raw, first, count)));
                var compose = Measure("compose", () => InChunks(film.Frames, workers, (first, count) => Compose(film, photos, first, count)));
                ratios.Add((render.Wall / floor.Wall, render.Cpu / floor.Cpu));
                Print($"  pair {pair + 1}: render/encoder wall {ratios[^1].Wall:0.000}, cpu {ratios[^1].Cpu:0.000}; compose alone {compose.Cpu * 1000 / film.Frames:0.00} ms CPU a frame");
            }

            Print($"median render/encoder: wall {Median(ratios.Select(r => r.Wall)):0.000}, cpu {Median(ratios.Select(r => r.Cpu)):0.000}; peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576} MiB");
            return 0;
        }
        finally
        {
            File.Delete(raw);
        }
    }

    internal static Film FilmOf(int seconds)
    {
        var scenes = seconds * Fps / SceneFrames;
        var shots = Enumerable.Range(0, scenes).Select(i => new FilmShot(
            new Shot(
                new Background.Picture($"photo{i % Photos.Count}", Camera(i)),
                [
                    new TextCard.Title(15, TextCard.ToTheEnd, Titles[i % Titles.Length], Place: CardPlace.Centre),
                    new TextCard.LowerThird(24, TextCard.ToTheEnd, "A slow drift over the gradient", "generated at 3000 pixels"),
                ]),
            i * SceneFrames,
            SceneFrames,
            i == 0 ? 0 : TransitionFrames));
        return new Film(Width, Height, new FrameRate(Fps), Theme.Default, [.. shots], []);
    }

    private static CameraMove Camera(int scene) => (scene % 4) switch
    {
        0 => new(new(500_000, 500_000, 1_080_000), new(520_000, 480_000, 1_200_000)),
        1 => new(new(480_000, 520_000, 1_200_000), new(500_000, 500_000, 1_080_000)),
        2 => new(new(450_000, 500_000, 1_150_000), new(550_000, 500_000, 1_150_000)),
        _ => new(new(500_000, 470_000, 1_100_000), new(500_000, 530_000, 1_160_000)),
    };

    private static void Encode(Film film, Photos photos, string? raw, long first, int count)
    {
        using var encoder = VideoEncoder.Open(new VideoEncoderOptions { Width = Width, Height = Height, FpsNum = Fps, Crf = 21, Preset = "veryfast", GopFrames = 64 });
        using var frame = new YuvImage(Width, Height);
        using var renderer = raw is null ? new FilmRenderer(film, Node.Work.FilmFonts.Shared, photos) : null;
        using var file = raw is null ? null : RawFrames.Open(raw);
        long bytes = 0;
        for (var i = 0; i < count; i++)
        {
            renderer?.Compose(first + i, frame);
            file?.Read(first + i, frame);
            encoder.Encode(frame, i, p => bytes += p.Data.Length);
        }

        encoder.Flush(p => bytes += p.Data.Length);
    }

    private static void Compose(Film film, Photos photos, long first, int count)
    {
        using var frame = new YuvImage(Width, Height);
        using var renderer = new FilmRenderer(film, Node.Work.FilmFonts.Shared, photos);
        for (var i = 0; i < count; i++)
        {
            renderer.Compose(first + i, frame);
        }
    }

    private static void DumpRaw(Film film, Photos photos, string path)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        using var frame = new YuvImage(Width, Height);
        using var renderer = new FilmRenderer(film, Node.Work.FilmFonts.Shared, photos);
        for (var i = 0L; i < film.Frames; i++)
        {
            renderer.Compose(i, frame);
            RawFrames.Write(stream, frame);
        }
    }

    private static void InChunks(long frames, int workers, Action<long, int> chunk)
    {
        var chunks = Enumerable.Range(0, (int)((frames + ChunkFrames - 1) / ChunkFrames));
        Parallel.ForEach(chunks, new ParallelOptions { MaxDegreeOfParallelism = workers }, k =>
            chunk((long)k * ChunkFrames, (int)Math.Min(ChunkFrames, frames - (long)k * ChunkFrames)));
    }

    private static (double Wall, double Cpu) Measure(string name, Action action)
    {
        var (cpu, watch) = (Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.StartNew());
        action();
        var result = (watch.Elapsed.TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds);
        Print($"  {name}: wall {result.Item1:0.00} s, cpu {result.Item2:0.00} s");
        return result;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToImmutableArray();
        return sorted[sorted.Length / 2];
    }

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
