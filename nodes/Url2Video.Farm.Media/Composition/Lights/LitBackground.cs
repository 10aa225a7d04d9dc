using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>A background under lamps: its relief is read from every frame, lit at its nodes, and the light between them laid on in R'G'B'.</summary>
internal sealed unsafe class LitBackground : IBackgroundRenderer
{
    /// <summary>Codes a pixel (of a frame whose shorter side is 1080) that rise at 45 degrees when the relief is 100 percent.</summary>
    private const double SteepCodes = 6;

    private readonly IBackgroundRenderer _background;
    private readonly LampLight _key, _fill, _rim;
    private readonly (double R, double G, double B) _everywhere;
    private readonly double _depth;
    private readonly Relief _relief;
    private readonly short[] _nodes, _line, _gains;
    private readonly RgbRows _rows;
    private readonly Lanes _lanes;

    /// <param name="background">Disposed by this.</param>
    public LitBackground(IBackgroundRenderer background, Lighting lighting, RenderContext context)
    {
        (_background, _lanes) = (background, context.Lanes);
        (_key, _fill, _rim) = (LampLight.Of(lighting.Key), LampLight.Of(lighting.Fill), LampLight.Of(lighting.Rim));
        _everywhere = LampLight.ColourOf(lighting.BackgroundPercent, lighting.BackgroundKelvin);
        _depth = lighting.ReliefPercent / 100.0 * Math.Min(context.Width, context.Height) / 1080 / SteepCodes;
        _relief = new Relief(context.Width, context.Height);
        _nodes = GC.AllocateArray<short>(3 * Stride * _relief.Rows, pinned: true);
        _line = GC.AllocateArray<short>(Stride, pinned: true);
        _gains = GC.AllocateArray<short>(context.Width + 64, pinned: true);
        _rows = new RgbRows(context.Width, context.Lanes);
    }

    private int Stride => (_relief.Columns + 15) & ~7;

    public void Draw(long frame, YuvImage target)
    {
        _background.Draw(frame, target);
        Light(target);
    }

    public void Glance(long frame, YuvImage target)
    {
        _background.Glance(frame, target);
        Light(target);
    }

    public void Dispose()
    {
        _background.Dispose();
        _rows.Dispose();
    }

    /// <summary>What a surface of a slope gets of all lamps, as gains on R'G'B'.</summary>
    /// <param name="slopeX">Codes a pixel.</param>
    internal (double R, double G, double B) LightOn(double slopeX, double slopeY)
    {
        // Light is high: a surface that rises to the right looks to the left.
        var (nx, ny) = (-slopeX * _depth, -slopeY * _depth);
        var length = Math.Sqrt((nx * nx) + (ny * ny) + 1);
        var (x, y, z) = (nx / length, ny / length, 1 / length);
        var (key, fill, rim) = (_key.On(x, y, z), _fill.On(x, y, z), _rim.Along(x, y));
        return (
            _everywhere.R + (_key.R * key) + (_fill.R * fill) + (_rim.R * rim),
            _everywhere.G + (_key.G * key) + (_fill.G * fill) + (_rim.G * rim),
            _everywhere.B + (_key.B * key) + (_fill.B * fill) + (_rim.B * rim));
    }

    private void Light(YuvImage target)
    {
        _relief.Read(target);
        for (var row = 0; row < _relief.Rows; row++)
        {
            Light(row);
        }

        for (var y = 0; y < target.Height / 2; y++)
        {
            _rows.Read(target, y);
            for (var channel = 0; channel < 3; channel++)
            {
                for (var line = 0; line < 2; line++)
                {
                    Gain(_rows.Channel(channel + (3 * line)), channel, (2 * y) + line, target.Width);
                }
            }

            _rows.Write(target, y);
        }
    }

    private void Light(int row)
    {
        var (r, g, b) = (row * Stride, (_relief.Rows + row) * Stride, ((2 * _relief.Rows) + row) * Stride);
        for (var column = 0; column < _relief.Columns; column++)
        {
            var (slopeX, slopeY) = _relief.SlopeAt(column, row);
            var light = LightOn(slopeX, slopeY);
            (_nodes[r + column], _nodes[g + column], _nodes[b + column]) = (Q12(light.R), Q12(light.G), Q12(light.B));
        }

        // Nearly four times as light is white for all but black.
        static short Q12(double gain) => (short)Math.Clamp(Math.Floor((gain * RowKernels.GainOne) + 0.5), 0, 16_383);
    }

    private void Gain(byte* row, int channel, int y, int width)
    {
        var node = ((channel * _relief.Rows) + (y >> Relief.Shift)) * Stride;
        fixed (short* nodes = _nodes, line = _line, gains = _gains)
        {
            RowKernels.MixNodes(nodes + node, nodes + node + Stride, line, _relief.Columns, (y & 7) << (15 - Relief.Shift), _lanes);
            RowKernels.Between(line, gains, width, _lanes);
            RowKernels.Gain(row, gains, width, _lanes);
        }
    }
}
