using System.Runtime.InteropServices;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// Vignette and grain. Distance from the middle is a sum over column and row, so one row of numbers is enough; grain is a long strip of
/// noise, entered elsewhere in every row of every frame.
/// </summary>
internal sealed unsafe class FinishPass : IDisposable
{
    private const int NoiseBytes = 1 << 16;
    private readonly Lanes _lanes;
    private readonly Field16 _across, _acrossChroma;
    private readonly int _height, _strength, _amount;
    private readonly long _radius;
    private sbyte* _noise;

    /// <param name="vignette">0..100.</param>
    /// <param name="grain">0..100.</param>
    public FinishPass(int width, int height, int vignette, int grain, Lanes lanes)
    {
        (_height, _lanes) = (height, lanes);
        (_strength, _amount) = (vignette * FixedPoint.One15 / 100, grain * FixedPoint.One15 / 100);
        _radius = ((long)width * width) + ((long)height * height);
        (_across, _acrossChroma) = (new Field16(width, 1), new Field16(width / 2, 1));
        for (var x = 0; x < width; x++)
        {
            _across.Row(0)[x] = Squared((2 * x) + 1 - width);
        }

        for (var x = 0; x < width / 2; x++)
        {
            _acrossChroma.Row(0)[x] = Squared((4 * x) + 1 - width);
        }

        // Wide enough for a whole row from any place in the strip.
        _noise = (sbyte*)NativeMemory.AlignedAlloc((nuint)(NoiseBytes + width + 64), 64);
        FillNoise(new Span<sbyte>(_noise, NoiseBytes + width + 64));
    }

    ~FinishPass() => Free();

    /// <param name="frame">Decides the grain.</param>
    public void Apply(YuvImage image, long frame)
    {
        for (var y = 0; y < _height; y++)
        {
            var grain = _noise + (PlaneGeometry.Hash((int)frame, y, 3) & (NoiseBytes - 1));
            RowKernels.Finish(image.Y + ((nint)y * image.StrideY), _across.Row(0), Squared((2 * y) + 1 - _height), 16, _strength, grain,
                _amount, Dither.Row(y), 16, 235, image.Width, _lanes);
        }

        if (_strength == 0)
        {
            return;
        }

        for (var y = 0; y < _height / 2; y++)
        {
            var down = Squared((4 * y) + 2 - _height);
            var offset = (nint)y * image.StrideC;
            RowKernels.Finish(image.U + offset, _acrossChroma.Row(0), down, 128, _strength, _noise, 0, Dither.Row(y), 16, 240,
                image.Width / 2, _lanes);
            RowKernels.Finish(image.V + offset, _acrossChroma.Row(0), down, 128, _strength, _noise, 0, Dither.Row(y), 16, 240,
                image.Width / 2, _lanes);
        }
    }

    public void Dispose()
    {
        _across.Dispose();
        _acrossChroma.Dispose();
        Free();
        GC.SuppressFinalize(this);
    }

    // The sum of four even distributions is close to a bell: from −126 to 126, one in three beyond 36.
    private static void FillNoise(Span<sbyte> noise)
    {
        var random = new SplitMix64(0x67726169);
        foreach (ref var value in noise)
        {
            var bits = random.Next();
            value = (sbyte)((int)((bits & 63) + (bits >> 6 & 63) + (bits >> 12 & 63) + (bits >> 18 & 63)) - 126);
        }
    }

    private short Squared(long halfPixels) => (short)(halfPixels * halfPixels * FixedPoint.One15 / _radius);

    private void Free()
    {
        NativeMemory.AlignedFree(_noise);
        _noise = null;
    }
}
