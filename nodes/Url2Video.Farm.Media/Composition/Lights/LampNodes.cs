using System.Runtime.Intrinsics;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// What a row of nodes gets of all lamps. Additions, multiplications, divisions and square roots in a fixed order, one node at a time or four: the
/// same bits.
/// </summary>
internal sealed class LampNodes
{
    /// <summary>Codes a pixel (of a frame whose shorter side is 1080) that rise at 45 degrees when the relief is 100 percent.</summary>
    private const double SteepCodes = 6;

    /// <summary>Nearly four times as light is white for all but black.</summary>
    private const int GainMax = 16_383;

    private readonly LampLight _key, _fill, _rim;
    private readonly (double R, double G, double B) _everywhere;
    private readonly double _depth;
    private readonly Lanes _lanes;

    public LampNodes(Lighting lighting, RenderContext context)
    {
        _lanes = context.Lanes;
        (_key, _fill, _rim) = (LampLight.Of(lighting.Key), LampLight.Of(lighting.Fill), LampLight.Of(lighting.Rim));
        _everywhere = LampLight.ColourOf(lighting.BackgroundPercent, lighting.BackgroundKelvin);
        _depth = lighting.ReliefPercent / 100.0 * Math.Min(context.Width, context.Height) / 1080 / SteepCodes;
    }

    /// <summary>Writes the gains of a row of nodes.</summary>
    public void Light(Relief relief, int row, Span<short> r, Span<short> g, Span<short> b)
    {
        Node(0, r, g, b);
        var column = 1;
        if (_lanes != Lanes.Scalar)
        {
            var at = relief.Row(row);
            var above = relief.Row(row - 1);
            var below = relief.Row(row + 1);
            var down = row == 0 || row == relief.Rows - 1 ? 1 << Relief.Shift : 2 << Relief.Shift;
            for (; column + 4 < relief.Columns; column += 4)
            {
                var slopeX = Doubles(at[(column + 1)..]) - Doubles(at[(column - 1)..]);
                var slopeY = Doubles(below[column..]) - Doubles(above[column..]);
                var light = LightOn(slopeX / Relief.Unit / (2 << Relief.Shift), slopeY / Relief.Unit / down);
                Store(light.R, r, column);
                Store(light.G, g, column);
                Store(light.B, b, column);
            }
        }

        for (; column < relief.Columns; column++)
        {
            Node(column, r, g, b);
        }

        void Node(int at, Span<short> r, Span<short> g, Span<short> b)
        {
            var (slopeX, slopeY) = relief.SlopeAt(at, row);
            var light = LightOn(slopeX, slopeY);
            (r[at], g[at], b[at]) = (Q12(light.R), Q12(light.G), Q12(light.B));
        }
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

    private (Vector256<double> R, Vector256<double> G, Vector256<double> B) LightOn(Vector256<double> slopeX, Vector256<double> slopeY)
    {
        var one = Vector256.Create(1.0);
        var (nx, ny) = (-slopeX * _depth, -slopeY * _depth);
        var length = Vector256.Sqrt((nx * nx) + (ny * ny) + one);
        var (x, y, z) = (nx / length, ny / length, one / length);
        var (key, fill, rim) = (_key.On(x, y, z), _fill.On(x, y, z), _rim.Along(x, y));
        return (
            Vector256.Create(_everywhere.R) + (_key.R * key) + (_fill.R * fill) + (_rim.R * rim),
            Vector256.Create(_everywhere.G) + (_key.G * key) + (_fill.G * fill) + (_rim.G * rim),
            Vector256.Create(_everywhere.B) + (_key.B * key) + (_fill.B * fill) + (_rim.B * rim));
    }

    private static Vector256<double> Doubles(ReadOnlySpan<int> heights) =>
        Vector256.Create((double)heights[0], heights[1], heights[2], heights[3]);

    private static void Store(Vector256<double> gains, Span<short> nodes, int at)
    {
        var whole = Vector256.Floor((gains * (double)RowKernels.GainOne) + Vector256.Create(0.5));
        whole = Vector256.Min(Vector256.Max(whole, Vector256<double>.Zero), Vector256.Create((double)GainMax));
        for (var i = 0; i < 4; i++)
        {
            nodes[at + i] = (short)whole.GetElement(i);
        }
    }

    private static short Q12(double gain) => (short)Math.Clamp(Math.Floor((gain * RowKernels.GainOne) + 0.5), 0, GainMax);
}
