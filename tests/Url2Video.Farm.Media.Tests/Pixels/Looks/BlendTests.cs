using Url2Video.Farm.Media.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Pixels.Looks;

public sealed unsafe class BlendTests
{
    public static TheoryData<string> Modes => [.. Enum.GetNames<BlendMode>()];

    /// <summary>Every pair of bytes, by every execution.</summary>
    [VectorTheory]
    [MemberData(nameof(Modes))]
    public void Blend_EveryPairOfBytes_EqualsTheScalar(string name)
    {
        var mode = Enum.Parse<BlendMode>(name);
        foreach (var alpha in (int[])[0, 1, 16_384, 32_767])
        {
            foreach (var lanes in (Lanes[])[Lanes.V128, Lanes.V256])
            {
                Assert.Equal(All(mode, alpha, Lanes.Scalar), All(mode, alpha, lanes));
            }
        }
    }

    /// <summary>The formulas in real numbers, from the W3C's text (soft light: Pegtop's).</summary>
    [Theory]
    [MemberData(nameof(Modes))]
    public void Blend_FullAlpha_IsTheFormulaWithinOneAndAHalf(string name)
    {
        var mode = Enum.Parse<BlendMode>(name);
        var actual = All(mode, 32_767, LanesOfCpu.Best);
        for (var pair = 0; pair < actual.Length; pair++)
        {
            var (a, b) = ((pair >> 8) / 255.0, (pair & 255) / 255.0);
            Assert.InRange(actual[pair] - (255 * Exact(mode, a, b)), -1.5, 1.5);
        }
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Blend_NoAlpha_LeavesWhatIsBelow(string name) =>
        Assert.Equal(Enumerable.Range(0, 65_536).Select(p => (byte)(p >> 8)), All(Enum.Parse<BlendMode>(name), 0, LanesOfCpu.Best));

    /// <summary>No formula may be taken for another: each is a mutant of the others.</summary>
    [Fact]
    public void Blend_EveryMode_DiffersFromEveryOther()
    {
        var outputs = Enum.GetValues<BlendMode>().Select(m => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(All(m, 32_767, LanesOfCpu.Best))));
        Assert.Equal(9, outputs.Distinct().Count());
    }

    [VectorTheory]
    [MemberData(nameof(Vectors.All), MemberType = typeof(Vectors))]
    public void Blend_AnyWidth_EqualsTheScalar(string lanes)
    {
        foreach (var width in KernelRows.Widths)
        {
            using var rows = new KernelRows(width, 4, width);
            RowKernels.Blend(BlendMode.SoftLight, rows.At(0), rows.At(1), rows.At(2), width, 20_000, Lanes.Scalar);
            RowKernels.Blend(BlendMode.SoftLight, rows.At(0), rows.At(1), rows.At(3), width, 20_000, Vectors.Parse(lanes));
            Assert.Equal(rows.Row(2), rows.Row(3));
        }
    }

    private static byte[] All(BlendMode mode, int alpha, Lanes lanes)
    {
        var result = new byte[65_536];
        using var below = new Plane8(256, 3);
        for (var a = 0; a < 256; a++)
        {
            below.Row(0).Fill((byte)a);
            for (var b = 0; b < 256; b++)
            {
                below.Row(1)[b] = (byte)b;
            }

            RowKernels.Blend(mode, below.Pixels, below.Pixels + below.Stride, below.Pixels + (2 * below.Stride), 256, alpha, lanes);
            below.Row(2).CopyTo(result.AsSpan(a * 256));
        }

        return result;
    }

    private static double Exact(BlendMode mode, double a, double b) => mode switch
    {
        BlendMode.Normal => b,
        BlendMode.Multiply => a * b,
        BlendMode.Screen => a + b - (a * b),
        BlendMode.Overlay => a < 0.5 ? 2 * a * b : 1 - (2 * (1 - a) * (1 - b)),
        BlendMode.SoftLight => ((1 - (2 * b)) * a * a) + (2 * a * b),
        BlendMode.Add => Math.Min(1, a + b),
        BlendMode.Darken => Math.Min(a, b),
        BlendMode.Lighten => Math.Max(a, b),
        _ => Math.Abs(a - b),
    };
}
