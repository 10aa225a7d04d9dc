using System.Runtime.InteropServices;
using Url2Video.Farm.Media.Cuda;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Tests.Cuda.Cases;

internal static unsafe class GradingChecks
{
    private const int Nodes = 33 * 33 * 33;

    /// <summary>Some matrices are so strong that sums leave 16 bits.</summary>
    public static string? Affine(Rig rig, Random random, int width, int rows)
    {
        var (a, b, c, target) = (rig.Noise(random, width, rows), rig.Noise(random, width, rows), rig.Noise(random, width, rows), rig.Noise(random, width, rows));
        var scale = random.Next(3) == 0 ? 3.99 : 1.5;
        var matrix = AffineRow.From(Any(), Any(), Any(), random.Next(-300, 600), (byte)random.Next(40), (byte)random.Next(200, 256));
        for (var y = 0; y < rows; y++)
        {
            RowKernels.Affine(a.At(y), b.At(y), c.At(y), matrix, target.At(y), width, Lanes.Scalar);
        }

        rig.Kernels.Affine(rig.Stream, a.Device, b.Device, c.Device, target.Device, width, rows, matrix);
        return target.Difference();

        double Any() => ((random.NextDouble() * 2) - 1) * scale;
    }

    public static string? Lut(Rig rig, Random random, int width, int rows)
    {
        var (luma, blue, red, target) = (rig.Noise(random, width, rows), rig.Noise(random, width, rows), rig.Noise(random, width, rows), rig.Noise(random, width, rows));
        var table = new short[Nodes];
        random.NextBytes(MemoryMarshal.AsBytes(table.AsSpan()));
        foreach (ref var node in table.AsSpan())
        {
            node = (short)((node & 0x7FFF) - 8_000); // Values below black and above white too.
        }

        var (low, high) = ((byte)random.Next(30), (byte)random.Next(220, 256));
        fixed (short* nodes = table)
        {
            for (var y = 0; y < rows; y++)
            {
                RowKernels.Lut(luma.At(y), blue.At(y), red.At(y), nodes, target.At(y), width, low, high, Lanes.Scalar);
            }
        }

        rig.Kernels.Lut(rig.Stream, luma.Device, blue.Device, red.Device, rig.Table<short>(table), target.Device, width, rows, low, high);
        return target.Difference();
    }

    public static string? Finish(Rig rig, Random random, int width, int rows)
    {
        const int NoiseBytes = 1_000;
        var row = rig.Noise(random, width, rows);
        var (zero, strength, amount) = (random.Next(2) == 0 ? 16 : 128, Rig.Weight(random), Rig.Weight(random));
        var across = new short[width];
        foreach (ref var distance in across.AsSpan())
        {
            distance = (short)Rig.Weight(random);
        }

        var noise = new sbyte[NoiseBytes + width];
        random.NextBytes(MemoryMarshal.AsBytes(noise.AsSpan()));
        var each = Enumerable.Range(0, rows).Select(_ => new FinishRow(Rig.Weight(random), random.Next(NoiseBytes + 1))).ToArray();
        var high = (byte)(zero == 16 ? 235 : 240);
        fixed (short* distances = across)
        fixed (sbyte* grain = noise)
        {
            for (var y = 0; y < rows; y++)
            {
                RowKernels.Finish(row.At(y), distances, each[y].Down, zero, strength, grain + each[y].Grain, amount, Dither.Row(y), 16, high, width, Lanes.Scalar);
            }
        }

        rig.Kernels.Finish(
            rig.Stream, row.Device, rig.Table<short>(across), rig.Table<sbyte>(noise), rig.Table<FinishRow>(each), width, rows, zero, strength, amount, 16, high);
        return row.Difference();
    }
}
