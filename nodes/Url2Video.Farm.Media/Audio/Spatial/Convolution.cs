using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Url2Video.Farm.Media.Audio.Spatial;

/// <summary>
/// A finite impulse response in double precision. Every output is one sum in the order of the taps, so several outputs side by
/// side in a vector have the bits that one after the other would have, on machines of any width.
/// </summary>
internal static class Convolution
{
    /// <summary>y[n] = Σ h[k] · x[n + taps − 1 − k].</summary>
    /// <param name="x">As many samples as outputs and taps together, less one.</param>
    internal static void Run(ReadOnlySpan<double> h, ReadOnlySpan<double> x, Span<double> y)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(x.Length, y.Length + h.Length - 1, nameof(x));
        ref var input = ref MemoryMarshal.GetReference(x);
        ref var output = ref MemoryMarshal.GetReference(y);
        var n = 0;
        for (; n + 2 * Vector256<double>.Count <= y.Length; n += 2 * Vector256<double>.Count)
        {
            var (first, second) = (Vector256<double>.Zero, Vector256<double>.Zero);
            for (var k = 0; k < h.Length; k++)
            {
                var tap = Vector256.Create(h[k]);
                var at = (nuint)(n + h.Length - 1 - k);
                first += tap * Vector256.LoadUnsafe(ref input, at);
                second += tap * Vector256.LoadUnsafe(ref input, at + (nuint)Vector256<double>.Count);
            }

            first.StoreUnsafe(ref output, (nuint)n);
            second.StoreUnsafe(ref output, (nuint)(n + Vector256<double>.Count));
        }

        RunScalar(h, x[n..], y[n..]);
    }

    /// <summary>The same, one after the other: what the vectors are held against.</summary>
    internal static void RunScalar(ReadOnlySpan<double> h, ReadOnlySpan<double> x, Span<double> y)
    {
        for (var n = 0; n < y.Length; n++)
        {
            var sum = 0.0;
            for (var k = 0; k < h.Length; k++)
            {
                sum += h[k] * x[n + h.Length - 1 - k];
            }

            y[n] = sum;
        }
    }
}
