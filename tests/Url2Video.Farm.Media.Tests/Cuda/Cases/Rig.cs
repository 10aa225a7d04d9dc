using Url2Video.Farm.Media.Cuda;

namespace Url2Video.Farm.Media.Tests.Cuda.Cases;

/// <summary>A GPU with the kernels, and what a check has put on it.</summary>
internal sealed class Rig : IDisposable
{
    private static readonly byte[] s_edges = [0, 1, 7, 8, 15, 16, 17, 127, 128, 129, 234, 235, 240, 247, 248, 254, 255];
    private static readonly int[] s_weights = [0, 1, 16_383, 16_384, 32_766, 32_767];

    private readonly CudaContext _context;
    private readonly List<CudaBuffer> _buffers = [];

    public Rig(CudaDriver driver, string ptx)
    {
        _context = CudaContext.Open(driver, 0);
        try
        {
            Stream = CudaStream.Create(_context);
            Kernels = new GpuKernels(_context, ptx);
        }
        catch
        {
            Stream?.Dispose();
            _context.Dispose();
            throw;
        }
    }

    public CudaStream Stream { get; }

    public GpuKernels Kernels { get; }

    /// <summary>A row's worth of a table, exactly as long as it is.</summary>
    public DevicePlane Table<T>(ReadOnlySpan<T> values) where T : unmanaged => Upload(values).Table();

    public CudaBuffer Upload<T>(ReadOnlySpan<T> values) where T : unmanaged
    {
        var buffer = CudaBuffer.Allocate(_context, (long)values.Length * System.Runtime.CompilerServices.Unsafe.SizeOf<T>());
        _buffers.Add(buffer);
        buffer.Upload(values, Stream);
        return buffer;
    }

    /// <summary>Noise with many of the codes at which arithmetic breaks.</summary>
    public Twin<byte> Noise(Random random, int width, int rows) =>
        new(this, random, width, rows, static r => r.Next(3) == 0 ? s_edges[r.Next(s_edges.Length)] : (byte)r.Next(256));

    /// <summary>Numbers from nothing to <paramref name="most"/>, the ends often.</summary>
    public Twin<short> Numbers(Random random, int width, int rows, int most) =>
        new(this, random, width, rows, r => (short)(r.Next(4) switch { 0 => 0, 1 => most, _ => r.Next(most + 1) }));

    /// <summary>A weight of 0..32767, the ends often.</summary>
    public static int Weight(Random random) => random.Next(2) == 0 ? s_weights[random.Next(s_weights.Length)] : random.Next(32_768);

    /// <summary>Lets go of what the check has put on the GPU.</summary>
    public void Clear()
    {
        _buffers.ForEach(b => b.Dispose());
        _buffers.Clear();
    }

    public void Dispose()
    {
        Clear();
        Kernels.Dispose();
        Stream.Dispose();
        _context.Dispose();
    }
}
