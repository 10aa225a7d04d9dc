using Url2Video.Farm.Media.Cuda;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Tests.Cuda.Cases;

internal static unsafe class NodeChecks
{
    private const int CodeMost = 255 * 128;

    public static string? Expand(Rig rig, Random random, int width, int rows)
    {
        var shift = random.Next(3, 5);
        var (nodes, target) = (Nodes(rig, random, width, rows, shift), rig.Noise(random, width, rows));
        foreach (var (y, line) in Lines(nodes, rows, shift))
        {
            fixed (short* values = line)
            {
                RowKernels.Expand(values, shift, Dither.Row(y), target.At(y), width, Lanes.Scalar);
            }
        }

        rig.Kernels.Expand(rig.Stream, nodes.Device, shift, target.Device, width, rows);
        return target.Difference();
    }

    public static string? ExpandThrough(Rig rig, Random random, int width, int rows)
    {
        var shift = random.Next(3, 5);
        var (nodes, mask, row) = (Nodes(rig, random, width, rows, shift), rig.Noise(random, width, rows), rig.Noise(random, width, rows));
        foreach (var (y, line) in Lines(nodes, rows, shift))
        {
            fixed (short* values = line)
            {
                RowKernels.ExpandThrough(values, shift, mask.At(y), row.At(y), width, Lanes.Scalar);
            }
        }

        rig.Kernels.ExpandThrough(rig.Stream, nodes.Device, shift, mask.Device, row.Device, width, rows);
        return row.Difference();
    }

    public static string? Light(Rig rig, Random random, int width, int rows)
    {
        const int Shift = 3, GainMost = 16_383;
        var (nodes, row) = (Nodes(rig, random, width, rows, Shift, GainMost), rig.Noise(random, width, rows));
        var gains = new short[width];
        foreach (var (y, line) in Lines(nodes, rows, Shift))
        {
            fixed (short* values = line, gain = gains)
            {
                RowKernels.Between(values, gain, width, Lanes.Scalar);
                RowKernels.Gain(row.At(y), gain, width, Lanes.Scalar);
            }
        }

        rig.Kernels.Light(rig.Stream, nodes.Device, Shift, row.Device, width, rows);
        return row.Difference();
    }

    public static string? LightPair(Rig rig, Random random, int anyWidth, int rows)
    {
        const int Shift = 3, GainMost = 16_383;
        var (width, lumaRows) = ((anyWidth + 1) & ~1, 2 * rows);
        var (nodeRows, columns) = (((lumaRows - 1) >> Shift) + 2, ((width - 1) >> Shift) + 2);
        var nodes = rig.Numbers(random, columns, 3 * nodeRows, GainMost);
        var (luma, u, v) = (rig.Noise(random, width, lumaRows), rig.Noise(random, width / 2, rows), rig.Noise(random, width / 2, rows));
        fixed (short* lines = new short[6 * columns])
        {
            for (var y = 0; y < rows; y++)
            {
                for (var line = 0; line < 6; line++)
                {
                    var (row, weight) = ((2 * y) + (line / 3), (((2 * y) + (line / 3)) & 7) << (15 - Shift));
                    var at = ((line % 3) * nodeRows) + (row >> Shift);
                    RowKernels.MixNodes(nodes.At(at), nodes.At(at + 1), lines + (line * columns), columns, weight, Lanes.Scalar);
                }

                RowKernels.LightPair(new RowPair(luma.At(2 * y), luma.At((2 * y) + 1), u.At(y), v.At(y)), lines, columns, width, Lanes.Scalar);
            }
        }

        var matrix = rig.Table<short>(GpuKernels.LightMatrix);
        rig.Kernels.LightPair(rig.Stream, nodes.Device, nodeRows, matrix, luma.Device, u.Device, v.Device, width, rows);
        return luma.Difference() ?? u.Difference() ?? v.Difference();
    }

    private static Twin<short> Nodes(Rig rig, Random random, int width, int rows, int shift, int most = CodeMost) =>
        rig.Numbers(random, ((width - 1) >> shift) + 2, ((rows - 1) >> shift) + 2, most);

    /// <summary>As NodeGrid lays a line of nodes between two rows of them.</summary>
    private static List<(int Y, short[] Line)> Lines(Twin<short> nodes, int rows, int shift)
    {
        var lines = new List<(int, short[])>();
        for (var y = 0; y < rows; y++)
        {
            var line = new short[nodes.Width];
            fixed (short* target = line)
            {
                var weight = (y & ((1 << shift) - 1)) << (15 - shift);
                RowKernels.MixNodes(nodes.At(y >> shift), nodes.At((y >> shift) + 1), target, nodes.Width, weight, Lanes.Scalar);
            }

            lines.Add((y, line));
        }

        return lines;
    }
}
