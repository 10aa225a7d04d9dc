using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Tests.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Quality;

/// <summary>Every execution of the measuring loops gives the sums of the plain definition, on noise, on extremes, at every odd length.</summary>
public sealed unsafe class MeasureKernelTests
{
    private static readonly int[] s_lengths = [0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 49, 63, 64, 65, 119, 120, 121, 1000, 1919];

    private delegate long Sum(byte* row, int count, Lanes lanes);

    private delegate void Steps(byte* row, int count, int distance, Span<long> sums, Lanes lanes);

    [Theory]
    [InlineData("Scalar")]
    [InlineData("V128")]
    [InlineData("V256")]
    public void Sum_AnyRow_IsTheSum(string lanes) => Assert.Null(Difference(RowKernels.Sum, Vectors.Parse(lanes)));

    [Theory]
    [InlineData("Scalar")]
    [InlineData("V128")]
    [InlineData("V256")]
    public void Steps_AnyRow_AreTheStepsByTheirPlaceInEight(string lanes) => Assert.Null(Difference(RowKernels.Steps, Vectors.Parse(lanes)));

    /// <summary>The comparison itself is tried: each of these slips, which such loops are known for, must be found.</summary>
    [Fact]
    public void Comparison_FindsEveryMutant()
    {
        Sum[] sums =
        [
            (row, count, lanes) => RowKernels.Sum(row, Math.Max(0, count - 1), lanes),
            (row, count, lanes) => RowKernels.Sum(row, count & ~31, lanes),
            (row, count, lanes) => RowKernels.Sum(row + 1, count, lanes),
            (row, count, lanes) => (ushort)RowKernels.Sum(row, count, lanes),
        ];
        Steps[] steps =
        [
            (byte* row, int count, int distance, Span<long> into, Lanes lanes) => RowKernels.Steps(row, Math.Max(0, count - 1), distance, into, lanes),
            (byte* row, int count, int distance, Span<long> into, Lanes lanes) => RowKernels.Steps(row, count, distance + 1, into, lanes),
            (byte* row, int count, int distance, Span<long> into, Lanes lanes) => RowKernels.Steps(row + 1, count, distance, into, lanes),
            (byte* row, int count, int distance, Span<long> into, Lanes lanes) =>
            {
                RowKernels.Steps(row, count, distance, into, lanes);
                (into[3], into[7]) = (into[7], into[3]);
            },
            (byte* row, int count, int distance, Span<long> into, Lanes lanes) =>
            {
                into.Clear(); // Forgets what it was to add to.
                RowKernels.Steps(row, count, distance, into, lanes);
            },
        ];

        Assert.All(sums, mutant => Assert.NotNull(Difference(mutant, LanesOfCpu.Best)));
        Assert.All(steps, mutant => Assert.NotNull(Difference(mutant, LanesOfCpu.Best)));
    }

    private static string? Difference(Sum kernel, Lanes lanes)
    {
        foreach (var (bytes, length) in Rows())
        {
            fixed (byte* row = bytes)
            {
                var expected = bytes.Take(length).Sum(b => (long)b);
                if (kernel(row, length, lanes) is var actual && actual != expected)
                {
                    return $"{length} bytes: {actual} in place of {expected}";
                }
            }
        }

        return null;
    }

    private static string? Difference(Steps kernel, Lanes lanes)
    {
        Span<long> actual = stackalloc long[8];
        foreach (var distance in (int[])[1, 4])
        {
            foreach (var (bytes, length) in Rows())
            {
                var expected = new long[8];
                Array.Fill(expected, 5); // Sums are added to what is there.
                actual.Fill(5);
                for (var x = 0; x < length; x++)
                {
                    expected[x % 8] += Math.Abs(bytes[x + distance] - bytes[x]);
                }

                fixed (byte* row = bytes)
                {
                    kernel(row, length, distance, actual, lanes);
                }

                if (!actual.SequenceEqual(expected))
                {
                    return $"{length} pixels, {distance} apart";
                }
            }
        }

        return null;
    }

    private static IEnumerable<(byte[] Bytes, int Length)> Rows()
    {
        var random = new Random(11);
        foreach (var length in s_lengths)
        {
            var noise = new byte[length + 64];
            random.NextBytes(noise);
            yield return (noise, length);
            yield return ([.. Enumerable.Repeat((byte)255, length + 64)], length);
            yield return ([.. Enumerable.Range(0, length + 64).Select(i => (byte)(i % 2 * 255))], length);
        }
    }
}
