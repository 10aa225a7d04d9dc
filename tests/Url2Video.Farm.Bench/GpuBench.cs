using System.Globalization;
using Url2Video.Farm.Media.Cuda;

namespace Url2Video.Farm.Bench;

/// <summary>
/// What each kernel costs a GPU for the samples of one 1080p frame, by the GPU's own clock, and how much of the memory's speed it reaches: beside a
/// copy on the device in the same run.
/// </summary>
internal static class GpuBench
{
    private const int Width = 1920;

    /// <summary>1080 rows of luma, 540 of U and V side by side.</summary>
    private const int Rows = 1620;

    private const int Slots = 48;
    private const int FramesPerSample = 96;

    /// <returns>3 when there is no GPU to measure.</returns>
    public static int Run(int rounds, string? resultsFile)
    {
        try
        {
            using var context = CudaContext.Open(CudaDriver.OfMachine, 0);
            var lines = Measure(context, CudaDevices.List(CudaDriver.OfMachine)[0], rounds);
            if (resultsFile is not null)
            {
                File.WriteAllLines(resultsFile, lines.Prepend($"# GPU kernels, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}\n"));
            }

            return 0;
        }
        catch (CudaException fault) when (fault.Kind is CudaErrorKind.NoDriver or CudaErrorKind.NoDevice)
        {
            Console.Error.WriteLine($"no CUDA device: {fault.Message}");
            return 3;
        }
    }

    private static List<string> Measure(CudaContext context, CudaDevice device, int rounds)
    {
        using var stage = new GpuStage(context, Width, Rows, Slots);
        using var start = CudaEvent.Create(context);
        using var end = CudaEvent.Create(context);
        var entries = stage.Entries();
        var best = new double[entries.Count];
        Array.Fill(best, double.MaxValue);
        for (var round = -1; round < rounds; round++)
        {
            for (var i = 0; i < entries.Count; i++)
            {
                stage.Stream.Record(start);
                for (var frame = 0; frame < FramesPerSample; frame++)
                {
                    entries[i].Run(frame);
                }

                stage.Stream.Record(end);
                end.Wait();
                best[i] = round < 0 ? best[i] : Math.Min(best[i], end.MillisSince(start) / FramesPerSample);
            }
        }

        return Report(device, context.Uuid(), rounds, entries, best);
    }

    private static List<string> Report(CudaDevice device, Guid uuid, int rounds, List<GpuEntry> entries, double[] best)
    {
        var lines = new List<string>
        {
            Invariant($"{device.Name}, {device.MemoryBytes >> 20} MiB, {uuid}"),
            "",
            Invariant($"As many samples as a 1920x1080 I420 frame has; {Slots} frames in turn, least of {rounds} rounds of {FramesPerSample} frames"),
            "",
            "| kernel | ms/frame | GB/s | of a device copy |",
            "|---|---|---|---|",
        };
        var copy = Speed(0);
        for (var i = 0; i < entries.Count; i++)
        {
            lines.Add(Invariant($"| {entries[i].Name} | {best[i]:0.0000} | {Speed(i):0} | {Speed(i) / copy:0.00} |"));
        }

        lines.ForEach(Console.WriteLine);
        return lines;

        double Speed(int entry) => entries[entry].BytesPerSample * Width * Rows / best[entry] / 1e6;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
