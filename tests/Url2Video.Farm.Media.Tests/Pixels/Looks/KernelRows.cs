using Url2Video.Farm.Media.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Pixels.Looks;

/// <summary>Rows for a kernel to work on: noise with long runs of the codes at which arithmetic breaks.</summary>
internal sealed class KernelRows : IDisposable
{
    /// <summary>Around every boundary of a vector, and odd ones.</summary>
    public static readonly int[] Widths = [1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 63, 64, 65, 127, 255, 257, 1_000];

    private static readonly byte[] s_edges = [0, 1, 7, 8, 15, 16, 17, 127, 128, 129, 234, 235, 240, 247, 248, 254, 255];

    public KernelRows(int width, int rows, int seed)
    {
        Plane = new Plane8(width, rows);
        var random = new Random(seed);
        for (var y = 0; y < rows; y++)
        {
            foreach (ref var value in Plane.Row(y))
            {
                value = random.Next(3) == 0 ? s_edges[random.Next(s_edges.Length)] : (byte)random.Next(256);
            }
        }
    }

    public Plane8 Plane { get; }

    public unsafe byte* At(int row) => Plane.Pixels + ((nint)row * Plane.Stride);

    public byte[] Row(int row) => Plane.Row(row).ToArray();

    public void Dispose() => Plane.Dispose();

    /// <summary>The kernel as it is, and arithmetic that is wrong in one place: the inputs must tell them apart.</summary>
    public static void AssertCaught(IReadOnlyDictionary<string, Func<int, byte>> mutants, byte[] outputs)
    {
        foreach (var (name, mutant) in mutants)
        {
            Assert.True(Enumerable.Range(0, outputs.Length).Any(i => mutant(i) != outputs[i]), $"The inputs do not tell {name} from the kernel.");
        }
    }
}
