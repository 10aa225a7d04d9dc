using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static Url2Video.Farm.Media.Pixels.FixedPoint;

namespace Url2Video.Farm.Media.Pixels;

internal static unsafe partial class RowKernels
{
    /// <summary>
    /// Vignette and grain in one pass: target = zero + ((v + mulhrs(grain · 128, amount) + dither) >> 7) where
    /// v = mulhrs((row − zero) · 128, gain), gain = 32767 − mulhrs(strength, mulhrs(r, r)), r = min(across + down, 32767).
    /// </summary>
    /// <param name="across">Squared distance of each column from the middle, 0..32767; may be read 31 past the count.</param>
    /// <param name="down">Squared distance of this row, 0..32767.</param>
    /// <param name="zero">What darkening leads to: 16 for luma, 128 for chroma.</param>
    /// <param name="strength">0..32767: how much of the light the far corner loses.</param>
    /// <param name="grain">Signed noise of this row.</param>
    /// <param name="amount">0..32767 of the noise.</param>
    /// <param name="dither">Eight thresholds 0..63; doubled, and one added, they round.</param>
    public static void Finish(byte* row, short* across, int down, int zero, int strength, sbyte* grain, int amount, ReadOnlySpan<byte> dither,
        byte low, byte high, int count, Lanes lanes)
    {
        if (lanes == Lanes.Scalar)
        {
            for (var i = 0; i < count; i++)
            {
                var r = Math.Min(across[i] + down, One15);
                var gain = One15 - MulHrs(strength, MulHrs(r, r));
                var value = MulHrs((row[i] - zero) << 7, gain) + MulHrs(grain[i] << 7, amount);
                value = Saturate(Saturate(value) + (2 * dither[i & 7]) + 1) >> 7;
                row[i] = (byte)Math.Clamp(Math.Clamp(value + zero, 0, 255), low, high);
            }

            return;
        }

        var threshold = Vector128.Create(
            dither[0], dither[1], dither[2], dither[3], dither[4], dither[5], dither[6], (short)dither[7]) * 2 + Vector128<short>.One;
        if (lanes == Lanes.V256)
        {
            Finish256(row, across, (short)down, (short)zero, (short)strength, grain, (short)amount, threshold, low, high, count);
            return;
        }

        Finish128(row, across, (short)down, (short)zero, (short)strength, grain, (short)amount, threshold, low, high, count);
    }

    private static void Finish256(byte* row, short* across, short down, short zero, short strength, sbyte* grain, short amount,
        Vector128<short> threshold, byte low, byte high, int count)
    {
        var (d, z, s, g) = (Vector256.Create(down), Vector256.Create(zero), Vector256.Create(strength), Vector256.Create(amount));
        var (lowest, highest, t) = (Vector256.Create(low), Vector256.Create(high), Vector256.Create(threshold, threshold));
        for (var i = 0; i < count; i += 32)
        {
            var (p0, p1) = Wide.Widen(Vector256.Load(row + i));
            var (x0, x1) = (Vector256.Load(across + i), Vector256.Load(across + i + 16));
            var noise = Vector256.Load(grain + i);
            var n0 = Avx2.UnpackLow(Vector256<sbyte>.Zero, noise).AsInt16();
            var n1 = Avx2.UnpackHigh(Vector256<sbyte>.Zero, noise).AsInt16();
            p0 = Finished(p0, Avx2.Permute2x128(x0, x1, 0x20), n0);
            p1 = Finished(p1, Avx2.Permute2x128(x0, x1, 0x31), n1);
            Vector256.Min(Vector256.Max(Wide.Pack(p0, p1), lowest), highest).Store(row + i);
        }

        // A byte in the upper half of a lane is itself times 256; halved it is times 128.
        Vector256<short> Finished(Vector256<short> pixel, Vector256<short> x, Vector256<short> n)
        {
            var r = Vector256.AddSaturate(x, d);
            var gain = Vector256.Create((short)One15) - Wide.MulHrs(s, Wide.MulHrs(r, r));
            var light = Wide.MulHrs(Vector256.ShiftLeft(pixel - z, 7), gain);
            var value = Vector256.AddSaturate(light, Wide.MulHrs(Vector256.ShiftRightArithmetic(n, 1), g));
            return Vector256.ShiftRightArithmetic(Vector256.AddSaturate(value, t), 7) + z;
        }
    }

    private static void Finish128(byte* row, short* across, short down, short zero, short strength, sbyte* grain, short amount,
        Vector128<short> threshold, byte low, byte high, int count)
    {
        var (d, z, s, g) = (Vector128.Create(down), Vector128.Create(zero), Vector128.Create(strength), Vector128.Create(amount));
        var (lowest, highest) = (Vector128.Create(low), Vector128.Create(high));
        for (var i = 0; i < count; i += 16)
        {
            var (p0, p1) = Wide.Widen(Vector128.Load(row + i));
            var noise = Vector128.Load(grain + i);
            p0 = Finished(p0, Vector128.Load(across + i), Vector128.WidenLower(noise));
            p1 = Finished(p1, Vector128.Load(across + i + 8), Vector128.WidenUpper(noise));
            Vector128.Min(Vector128.Max(Wide.Pack(p0, p1), lowest), highest).Store(row + i);
        }

        Vector128<short> Finished(Vector128<short> pixel, Vector128<short> x, Vector128<short> n)
        {
            var r = Wide.AddSaturate(x, d);
            var gain = Vector128.Create((short)One15) - Wide.MulHrs(s, Wide.MulHrs(r, r));
            var light = Wide.MulHrs(Vector128.ShiftLeft(pixel - z, 7), gain);
            var value = Wide.AddSaturate(light, Wide.MulHrs(Vector128.ShiftLeft(n, 7), g));
            return Vector128.ShiftRightArithmetic(Wide.AddSaturate(value, threshold), 7) + z;
        }
    }
}
