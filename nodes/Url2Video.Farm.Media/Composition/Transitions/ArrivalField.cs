using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>The time, 0..<see cref="Field16.Max"/>, at which the new picture arrives at a place.</summary>
/// <param name="x">Half pixels right of the middle of the frame.</param>
/// <param name="y">Half pixels below it.</param>
internal delegate int ArrivalShape(int x, int y);

/// <summary>Every pixel's time of arrival, made once: all wipes are one kernel over different fields.</summary>
internal sealed unsafe class ArrivalField : IDisposable
{
    private readonly Field16 _luma, _chroma;
    private readonly int _softBits;

    /// <param name="softBits">The edge is 2^softBits of the 16383 times wide.</param>
    public ArrivalField(int width, int height, ArrivalShape shape, int softBits)
    {
        (_luma, _chroma, _softBits) = (new Field16(width, height), new Field16(width / 2, height / 2), softBits);
        for (var y = 0; y < height; y++)
        {
            var row = _luma.Numbers(y);
            for (var x = 0; x < row.Length; x++)
            {
                row[x] = Time(shape((2 * x) + 1 - width, (2 * y) + 1 - height));
            }
        }

        // Chroma is level with the left luma pixel of its pair and between the two rows.
        for (var y = 0; y < height / 2; y++)
        {
            var row = _chroma.Numbers(y);
            for (var x = 0; x < row.Length; x++)
            {
                row[x] = Time(shape((4 * x) + 1 - width, (4 * y) + 2 - height));
            }
        }
    }

    public void Mix(YuvImage from, YuvImage to, int weight, YuvImage target, Lanes lanes)
    {
        var edge = (int)((long)weight * (Field16.Max + (1 << _softBits)) / FixedPoint.One15);
        for (nint y = 0; y < target.Height; y++)
        {
            RowKernels.MixByField(from.Y + (y * from.StrideY), to.Y + (y * to.StrideY), _luma.Row((int)y),
                target.Y + (y * target.StrideY), target.Width, edge, _softBits, lanes);
        }

        for (nint y = 0; y < target.Height / 2; y++)
        {
            var (a, b, t) = (y * from.StrideC, y * to.StrideC, y * target.StrideC);
            var times = _chroma.Row((int)y);
            RowKernels.MixByField(from.U + a, to.U + b, times, target.U + t, target.Width / 2, edge, _softBits, lanes);
            RowKernels.MixByField(from.V + a, to.V + b, times, target.V + t, target.Width / 2, edge, _softBits, lanes);
        }
    }

    public void Dispose()
    {
        _luma.Dispose();
        _chroma.Dispose();
    }

    private static short Time(int value) => (short)Math.Clamp(value, 0, Field16.Max);
}
