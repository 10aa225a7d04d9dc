using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>One brush over one picture: reads a picture as it was and writes the touched rectangle as it is at a moment.</summary>
internal sealed unsafe class BrushPainter : IDisposable
{
    /// <summary>Offsets in 1/128 pixel along a row and for a whole row: what the kernel's arithmetic holds, some hundreds of pixels.</summary>
    private const int AlongMax = 20_000;

    private const int BiasMax = 45_000;

    private readonly MotionBrush _brush;
    private readonly Lease<BrushField> _lease;
    private readonly BrushField _field;
    private readonly BrushClock _clock;
    private readonly Lanes _lanes;
    private readonly int _side;
    private readonly uint _phaseX, _phaseY;
    private readonly int[] _alongX, _alongY, _dx, _dy;
    private readonly Plane8 _rows;

    /// <param name="lease">Given back by this.</param>
    /// <param name="side">The picture's shorter one.</param>
    public BrushPainter(MotionBrush brush, Lease<BrushField> lease, int side, Lanes lanes)
    {
        var field = lease.Value;
        (_lease, _brush, _field, _side, _lanes, _clock) = (lease, brush, field, side, lanes, new BrushClock(brush));
        var random = new SplitMix64(brush.Seed);
        (_phaseX, _phaseY) = ((uint)random.Next(), (uint)random.Next());
        (_alongX, _alongY) = (Numbers(), Numbers());
        (_dx, _dy) = (Numbers(), Numbers());
        _rows = new Plane8(field.Rect.Width, 2);

        int[] Numbers() => GC.AllocateArray<int>(field.Rect.Width + 16, pinned: true);
    }

    public PixelRect Rect => _field.Rect;

    /// <summary>How far away from a pixel it may be read.</summary>
    public int Reach => (int)((Math.Abs((long)_brush.DxMillionths) + Math.Abs(_brush.DyMillionths) + _brush.AmbientMillionths) * 2 * _side / 1_000_000)
        + (int)(Math.Abs((long)_brush.DepthMillionths) * Math.Max(Rect.Width, Rect.Height) / 1_000_000) + 4;

    /// <param name="micros">Since the shot's first frame.</param>
    public void Paint(YuvImage source, YuvImage target, long micros)
    {
        var phase = _clock.At(micros);
        var sway = (int)(Pixels(_brush.AmbientMillionths) * _clock.StrengthAt(micros) >> 30);
        var turn = _clock.TurnAt(micros, 0);
        Plane(source.Y, target.Y, source.StrideY, source.Width, source.Height, _field.Luma, 1, phase, sway, turn);
        Plane(source.U, target.U, source.StrideC, source.Width / 2, source.Height / 2, _field.Chroma, 2, phase, sway, turn);
        Plane(source.V, target.V, source.StrideC, source.Width / 2, source.Height / 2, _field.Chroma, 2, phase, sway, turn);
    }

    public void Dispose()
    {
        _lease.Dispose();
        _rows.Dispose();
    }

    /// <param name="unit">Luma pixels to a sample of the plane.</param>
    private void Plane(byte* source, byte* target, int stride, int width, int height, Field16 field, int unit, in BrushPhase phase, int sway, uint turn)
    {
        var (left, top, count) = (Rect.X / unit, Rect.Y / unit, field.Width);
        var first = _rows.Pixels;
        var second = first + _rows.Stride;
        for (var copy = 0; copy < (phase.Weight == 0 ? 1 : 2); copy++)
        {
            var share = copy == 0 ? phase.First : phase.Second;
            Along(share, unit, left, count, sway, turn);
            var (dx, dy) = (-Way(_brush.DxMillionths, share) / unit, -Way(_brush.DyMillionths, share) / unit);
            for (var y = 0; y < field.Height && top + y < height; y++)
            {
                Offsets(field, y, dx - (Swing.At(sway, turn + _phaseX + Wave((top + y) * unit)) / unit), dy - Depth(share, ((top + y) * unit) - MiddleY, unit), count);
                var row = target + ((nint)(top + y) * stride) + left;
                Displaced(source, stride, width, height, left, top + y, copy == 0 ? first : second, count);
                if (copy == 1)
                {
                    // The first copy lies in the target already, but for the bytes past the rectangle.
                    RowKernels.CrossFade(Kept(row, first, count), second, first, count, phase.Weight, _lanes);
                }

                Buffer.MemoryCopy(first, row, count, Math.Min(count, width - left));
            }
        }
    }

    private int MiddleX => Rect.X + (Rect.Width / 2);

    private int MiddleY => Rect.Y + (Rect.Height / 2);

    private static byte* Kept(byte* row, byte* scratch, int count)
    {
        Buffer.MemoryCopy(row, scratch, count, count);
        return scratch;
    }

    private void Offsets(Field16 field, int y, int biasX, int biasY, int count)
    {
        fixed (int* alongX = _alongX, alongY = _alongY, dx = _dx, dy = _dy)
        {
            RowKernels.Offsets(field.Row(y), alongX, Math.Clamp(biasX, -BiasMax, BiasMax), dx, count, _lanes);
            RowKernels.Offsets(field.Row(y), alongY, Math.Clamp(biasY, -BiasMax, BiasMax), dy, count, _lanes);
        }
    }

    private void Displaced(byte* source, int stride, int width, int height, int x, int y, byte* target, int count)
    {
        fixed (int* dx = _dx, dy = _dy)
        {
            RowKernels.Displace(source, stride, width, height, x, y, dx, dy, target, count, _lanes);
        }
    }

    /// <summary>What does not change from row to row: the depth across, and the swaying down.</summary>
    private void Along(long share, int unit, int left, int count, int sway, uint turn)
    {
        for (var i = 0; i < count; i++)
        {
            var x = (left + i) * unit;
            _alongX[i] = Math.Clamp(-Depth(share, x - MiddleX, unit), -AlongMax, AlongMax);
            _alongY[i] = Math.Clamp(-Swing.At(sway, turn + _phaseY + Wave(x)) / unit, -AlongMax, AlongMax);
        }
    }

    // Six waves over the picture's shorter side.
    private uint Wave(int place) => (uint)(((long)place * 6 << 32) / _side);

    /// <summary>A share of a distance in 1/128 luma pixel, rounded to nearest.</summary>
    private int Way(int millionths, long share) => (int)(((Pixels(millionths) * (Int128)share) + (1L << 29)) >> 30);

    private int Depth(long share, int fromMiddle, int unit) =>
        (int)((Int128)fromMiddle * _brush.DepthMillionths * 128 / unit * share / 1_000_000 >> 30);

    private long Pixels(int millionths) => (long)millionths * _side * 128 / 1_000_000;
}
