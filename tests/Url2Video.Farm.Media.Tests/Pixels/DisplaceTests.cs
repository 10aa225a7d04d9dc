using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Tests.Pixels.Looks;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Pixels;

public sealed unsafe class DisplaceTests
{
    [VectorTheory]
    [MemberData(nameof(Vectors.All), MemberType = typeof(Vectors))]
    public void Offsets_AnyWidth_EqualTheScalar(string lanes)
    {
        foreach (var count in KernelRows.Widths)
        {
            var (mask, along) = OffsetInputs(count);
            foreach (var bias in (int[])[0, 1, -1, 777, 45_000, -45_000])
            {
                Assert.Equal(OffsetRow(mask, along, bias, count, Lanes.Scalar), OffsetRow(mask, along, bias, count, Vectors.Parse(lanes)));
            }
        }
    }

    [VectorTheory]
    [MemberData(nameof(Vectors.All), MemberType = typeof(Vectors))]
    public void Displace_AnyRow_EqualsTheScalar(string lanes)
    {
        foreach (var row in Rows(3_000))
        {
            using (row.Source)
            {
                Assert.Equal(Displaced(row, Lanes.Scalar), Displaced(row, Vectors.Parse(lanes)));
            }
        }
    }

    /// <summary>No offset is the pixel itself, at the edges too: what a brush does not touch keeps its bits.</summary>
    [Fact]
    public void Displace_ByNothing_IsTheRowItself()
    {
        using var source = TestPictures.Noise(70, 6, 4);
        for (var y = 0; y < 6; y++)
        {
            var row = new Row(source, 0, y, new int[72], new int[72]);
            Assert.Equal(source.RowY(y).ToArray(), Displaced(row, LanesOfCpu.Best)[..70]);
            Assert.Equal(source.RowY(y).ToArray(), Displaced(row, Lanes.Scalar)[..70]);
        }
    }

    [Theory]
    [InlineData("no rounding")]
    [InlineData("the lower row beyond the last")]
    [InlineData("across only")]
    [InlineData("weights swapped")]
    [InlineData("eighths of a pixel")]
    public void Displace_Mutant_IsCaught(string mutant)
    {
        var differ = 0;
        foreach (var row in Rows(400))
        {
            using (row.Source)
            {
                differ += Displaced(row, LanesOfCpu.Best).SequenceEqual(Mutated(row, mutant)) ? 0 : 1;
            }
        }

        Assert.True(differ > 20, $"{mutant}: {differ} of 400 rows differ");
    }

    [Fact]
    public void Offsets_Mutants_AreCaught()
    {
        var (mask, along) = OffsetInputs(255);
        var actual = OffsetRow(mask, along, -4_321, 255, LanesOfCpu.Best);
        var mutants = new Dictionary<string, Func<int, int>>
        {
            ["no rounding"] = i => (mask[i] * (along[i] - 4_321)) >> 14,
            ["bias without the mask"] = i => (((mask[i] * along[i]) + 8_192) >> 14) - 4_321,
            ["a mask of 15 bits"] = i => ((mask[i] * (along[i] - 4_321)) + 16_384) >> 15,
            ["rounded to zero"] = i => ((mask[i] * (along[i] - 4_321)) + 8_192) / 16_384,
        };
        Assert.All(mutants, m => Assert.Contains(Enumerable.Range(0, 255), i => m.Value(i) != actual[i]));
    }

    private static (short[] Mask, int[] Along) OffsetInputs(int count)
    {
        var random = new Random(count);
        int[] edges = [0, 1, 2, 8_191, 8_192, 16_383, 16_384];
        return (
            [.. Enumerable.Range(0, count + 16).Select(_ => (short)(random.Next(2) == 0 ? edges[random.Next(edges.Length)] : random.Next(16_385)))],
            [.. Enumerable.Range(0, count + 16).Select(_ => random.Next(-20_000, 20_001))]);
    }

    private static int[] OffsetRow(short[] mask, int[] along, int bias, int count, Lanes lanes)
    {
        var target = new int[count + 16];
        fixed (short* m = mask)
        {
            fixed (int* a = along, t = target)
            {
                RowKernels.Offsets(m, a, bias, t, count, lanes);
            }
        }

        return target[..count];
    }

    private sealed record Row(YuvImage Source, int X, int Y, int[] Dx, int[] Dy);

    private static IEnumerable<Row> Rows(int count)
    {
        var random = new Random(31);
        for (var i = 0; i < count; i++)
        {
            var (width, height) = (2 * random.Next(1, 40), 2 * random.Next(1, 20));
            var length = random.Next(1, width + 1);
            var reach = random.Next(4) switch { 0 => 0, 1 => 60, 2 => 900, _ => 12_000 };
            int[] Numbers() => [.. Enumerable.Range(0, length + 8).Select(_ => random.Next(3) == 0 ? 0 : random.Next(-reach, reach + 1))];
            yield return new Row(TestPictures.Noise(width, height, i), random.Next(0, width - length + 1), random.Next(height), Numbers(), Numbers());
        }
    }

    private static byte[] Displaced(Row row, Lanes lanes)
    {
        var count = row.Dx.Length - 8;
        count = count <= 0 ? row.Dx.Length : count;
        var target = new byte[count + 16];
        fixed (byte* t = target)
        {
            fixed (int* dx = row.Dx, dy = row.Dy)
            {
                RowKernels.Displace(row.Source.Y, row.Source.StrideY, row.Source.Width, row.Source.Height, row.X, row.Y, dx, dy, t, count, lanes);
            }
        }

        return target[..Math.Min(count, row.Source.Width - row.X)];
    }

    private static byte[] Mutated(Row row, string mutant)
    {
        var (source, count) = (row.Source, Math.Min(row.Dx.Length - 8, row.Source.Width - row.X));
        var result = new byte[count];
        for (var i = 0; i < count; i++)
        {
            var scale = mutant == "eighths of a pixel" ? 16 : 1;
            var u = Math.Clamp(((row.X + i) << 7) + (row.Dx[i] / scale * scale), 0, (source.Width - 1) << 7);
            var v = Math.Clamp((row.Y << 7) + (mutant == "across only" ? 0 : row.Dy[i] / scale * scale), 0, (source.Height - 1) << 7);
            var (fx, fy) = (u & 127, v & 127);
            (fx, fy) = mutant == "weights swapped" ? (128 - fx, fy) : (fx, fy);
            var last = mutant == "the lower row beyond the last" ? Math.Max(0, source.Height - 2) : source.Height - 1;
            var (upper, lower) = (Math.Min(v >> 7, last), Math.Min((v >> 7) + 1, last));
            var (x, right) = (u >> 7, Math.Min((u >> 7) + 1, source.Width - 1));
            var a = (source.RowY(upper)[x] * (128 - fx)) + (source.RowY(upper)[right] * fx);
            var b = (source.RowY(lower)[x] * (128 - fx)) + (source.RowY(lower)[right] * fx);
            result[i] = (byte)(((a * (128 - fy)) + (b * fy) + (mutant == "no rounding" ? 0 : 1 << 13)) >> 14);
        }

        return result;
    }
}
