using Url2Video.Farm.Media.Cuda;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Bench;

/// <summary>One kernel over one frame.</summary>
/// <param name="BytesPerSample">Read and written for each sample of the frame, counted once however often they are read.</param>
/// <param name="Run">Gives the work to the stream; the number is of the frame.</param>
internal sealed record GpuEntry(string Name, double BytesPerSample, Action<int> Run);

/// <summary>
/// Frames on a GPU and what is measured of them. A frame is one plane with as many samples as Y, U and V together. There are so many of them that
/// what one frame leaves in the GPU's caches is gone when its turn comes again.
/// </summary>
internal sealed class GpuStage : IDisposable
{
    private const int NodeStep = 16;
    private readonly int _width, _rows, _slots;
    private readonly CudaContext _context;
    private readonly List<CudaBuffer> _held = [];
    private readonly CudaBuffer _from, _to, _target, _coverage;
    private readonly DevicePlane _field, _nodes, _warp, _across, _noise, _finishRows, _table, _tapsX, _weightsX, _tapsY, _weightsY, _gains, _along, _shifts;

    public GpuStage(CudaContext context, int width, int rows, int slots)
    {
        (_context, _width, _rows, _slots) = (context, width, rows, slots);
        Stream = CudaStream.Create(context);
        Kernels = new GpuKernels(context);
        (_from, _to, _target, _coverage) = (Frames(1), Frames(2), Frames(3), Frames(4));
        var random = new Random(5);
        _field = Table(Numbers(width * rows, () => (short)random.Next(Field16.Max + 1))) with { Stride = width };
        var columns = (width / NodeStep) + 3;
        _nodes = Table(Numbers(columns * ((rows / NodeStep) + 3), () => (short)random.Next(32_641))) with { Stride = columns };
        _warp = Table(WarpNodes(columns));
        _across = Table(Numbers(width, () => (short)random.Next(32_768)));
        _noise = Table(Numbers(width + 4_096, () => (sbyte)random.Next(-126, 127)));
        _finishRows = Table(Numbers(rows, () => new FinishRow(random.Next(32_768), random.Next(4_096))));
        _table = Table(Numbers(33 * 33 * 33, () => (short)random.Next(16_384)));
        _gains = Table(Numbers(((width / 8) + 2) * ((rows / 8) + 2), () => (short)random.Next(16_384))) with { Stride = (width / 8) + 2 };
        _along = Table(Numbers(width, () => random.Next(-1_000, 1_000)));
        _shifts = Table(Numbers(rows, () => (random.Next(-1_000, 1_000), random.Next(-1_000, 1_000))));
        (_tapsX, _weightsX) = Axis(width);
        (_tapsY, _weightsY) = Axis(rows);
    }

    public CudaStream Stream { get; }

    private GpuKernels Kernels { get; }

    public List<GpuEntry> Entries()
    {
        var matrix = AffineRow.From(1.2, -0.1, 0.3, 128, 16, 235);
        var (w, h, half) = (_width, _rows, FixedPoint.One15 / 2);
        return
        [
            new("device copy", 2, i => Stream.CopyRows(In(_from, i), In(_target, i), w, h)),
            new("cross-fade", 3, i => Kernels.CrossFade(Stream, In(_from, i), In(_to, i), In(_target, i), w, h, half)),
            new("mix by field (wipes)", 5, i => Kernels.MixByField(Stream, In(_from, i), In(_to, i), _field, In(_target, i), w, h, 9_000, 11)),
            new("resample: rows", 2, i => Kernels.MixRows(Stream, In(_from, i), h, _tapsY, _weightsY, In(_target, i), w, h, false)),
            new("resample: columns", 2, i => Kernels.Gather(Stream, In(_from, i), w, _tapsX, _weightsX, In(_target, i), w, h, false)),
            new("warp", 2, i => Kernels.Warp(Stream, In(_from, i), w, h, _warp, (w / NodeStep) + 3, false, In(_target, i), w, h)),
            new("paint through a mask", 3, i => Kernels.Paint(Stream, In(_target, i), In(_coverage, i), w, h, 235, half)),
            new("picture through a mask", 4, i => Kernels.Lay(Stream, In(_target, i), In(_from, i), In(_coverage, i), w, h, half)),
            new("premultiplied over", 4, i => Kernels.Over(Stream, In(_target, i), In(_from, i), In(_coverage, i), w, h, half)),
            new("wipe of a mask", 2, i => Kernels.Wipe(Stream, In(_coverage, i), w, h, new WipeEdge(w * 128, 60, false), 0, 1)),
            new("affine of three", 4, i => Kernels.Affine(Stream, In(_from, i), In(_to, i), In(_coverage, i), In(_target, i), w, h, matrix)),
            new("look by table", 4, i => Kernels.Lut(Stream, In(_from, i), In(_to, i), In(_coverage, i), _table, In(_target, i), w, h, 16, 235)),
            new("vignette and grain", 2, i => Kernels.Finish(Stream, In(_target, i), _across, _noise, _finishRows, w, h, 16, 9_830, 3_277, 16, 235)),
            new("blur of radius 20: columns", 2, i => Kernels.BlurColumns(Stream, In(_from, i), In(_target, i), w, h, 20)),
            new("blur of radius 20: rows", 2, i => Kernels.BlurRows(Stream, In(_from, i), In(_target, i), w, h, 20)),
            new("smooth nodes", 1, i => Kernels.Expand(Stream, _nodes, 4, In(_target, i), w, h)),
            new("smooth nodes through a mask", 3, i => Kernels.ExpandThrough(Stream, _nodes, 4, In(_coverage, i), In(_target, i), w, h)),
            new("light", 2, i => Kernels.Light(Stream, _gains, 3, In(_target, i), w, h)),
            new("motion brush", 4, i => Kernels.Displace(Stream, In(_from, i), w, h, _field, _along, _along, _shifts, In(_target, i), w, h, 0, 0)),
            new("chroma to luma's width", 1.5, i => Kernels.Double(Stream, In(_from, i), In(_target, i), w, h)),
            new("luma where chroma is", 1.25, i => Kernels.LumaAtChroma(Stream, In(_from, i), In(_to, i), In(_target, i), w / 2, h / 2)),
            new("disc as large as the frame", 2, i => Kernels.Paint(Stream, Canvas(i), new DiscShape(w * 128, h * 128, h * 100), 235, half)),
            new("glow as large as the frame", 2, i => Kernels.Paint(Stream, Canvas(i), new GlowShape(w * 128, h * 128, h * 100), 235, half)),
            new("quad as large as the frame", 2, i => Kernels.Paint(Stream, Canvas(i), Quad(), 235, half)),
            .. Enum.GetValues<BlendMode>().Select(mode =>
                new GpuEntry($"blend {mode}", 3, i => Kernels.Blend(Stream, In(_from, i), In(_to, i), In(_target, i), w, h, mode, half))),
        ];
    }

    public void Dispose()
    {
        _held.ForEach(b => b.Dispose());
        Kernels.Dispose();
        Stream.Dispose();
    }

    private DevicePlane In(CudaBuffer frames, int frame) => frames.Plane<byte>(frames.Pitch, _width, _rows, (long)(frame % _slots) * _rows * frames.Pitch);

    private DeviceCanvas Canvas(int frame) => new(In(_target, frame), new PixelRect(0, 0, _width, _rows), 1);

    private QuadShape Quad() => new((0, _rows * 64), (_width * 200, 0), (_width * 256, _rows * 200), (_width * 50, _rows * 256));

    private CudaBuffer Frames(int seed)
    {
        var frames = CudaBuffer.AllocateRows(_context, _width, _rows * _slots);
        _held.Add(frames);
        var noise = new byte[Math.Min(int.MaxValue, frames.Bytes)];
        new Random(seed).NextBytes(noise);
        frames.Upload<byte>(noise, Stream);
        return frames;
    }

    private DevicePlane Table<T>(T[] values) where T : unmanaged
    {
        var buffer = CudaBuffer.Allocate(_context, (long)values.Length * System.Runtime.CompilerServices.Unsafe.SizeOf<T>());
        _held.Add(buffer);
        buffer.Upload<T>(values, Stream);
        return buffer.Table();
    }

    private static T[] Numbers<T>(int count, Func<T> next) => [.. Enumerable.Range(0, count).Select(_ => next())];

    // Turned by some degrees about the frame's corner: neighbours in a row are read from rows that lie apart.
    private (int U, int V)[] WarpNodes(int columns)
    {
        var nodes = new (int U, int V)[columns * ((_rows / NodeStep) + 3)];
        for (var i = 0; i < nodes.Length; i++)
        {
            var (x, y) = (i % columns * NodeStep, i / columns * NodeStep);
            nodes[i] = ((x << 16) - (y * 9_000), (y << 16) + (x * 9_000));
        }

        return nodes;
    }

    private (DevicePlane Taps, DevicePlane Weights) Axis(int outputs)
    {
        using var axis = new ResampleAxis(outputs);
        axis.Prepare(1L << 28, (1L << 32) / 10 * 9, outputs);
        var padded = (outputs + 3) / 4 * 4;
        var (taps, weights) = (new int[padded], new short[4 * padded]);
        for (var i = 0; i < padded; i++)
        {
            taps[i] = axis.TapOf(i);
            axis.WeightsOf(i).CopyTo(weights.AsSpan(4 * i));
        }

        return (Table(taps), Table(weights));
    }
}
