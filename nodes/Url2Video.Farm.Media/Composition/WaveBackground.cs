using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// <see cref="GeneratedPattern.Waves"/>: soft fronts lying one before the other. Each rises within a short edge and fades below
/// it; on the same grid of nodes as the lights, so that it costs as little.
/// </summary>
internal sealed class WaveBackground : IBackgroundRenderer
{
    /// <summary>Nodes that an edge spans at least: a steeper one would show the grid.</summary>
    private const int EdgeNodesMin = 4;

    private readonly RenderContext _context;
    private readonly LightField _ground;
    private readonly WaveLayer[] _layers;
    private readonly int[] _front;
    private readonly short[] _profile;
    private readonly int _edge;

    public WaveBackground(ulong seed, RenderContext context)
    {
        _context = context;
        var (width, height, theme) = (context.Width, context.Height, context.Theme);
        var random = new SplitMix64(seed);
        var (ink, tint) = (theme.Ink, GeneratedTint.Of(theme));
        var (high, low) = (ink.ToYuv(), ink.Mix(tint, 56).ToYuv());
        _ground = new LightField(width, height, [high, high, low, low], []);
        _front = new int[_ground.Grid.Columns];
        _edge = Math.Max(EdgeNodesMin << (NodeGrid.LumaShift + 4), Math.Min(width, height) * 16 * 7 / 100);
        _profile = Profile(_edge, height * 16 * 46 / 100);

        // Light and dark by turns: a front is seen against the one behind it.
        Span<int> weights = [130, 64, 190, 36, 164, 90];
        var first = random.Between(0, weights.Length - 1);
        _layers = new WaveLayer[weights.Length];
        for (var i = 0; i < _layers.Length; i++)
        {
            var level = height * (10 + (17 * i) + random.Between(-3, 3)) / 100;
            var colour = Contrast.Readable(ink.Mix(tint, weights[(first + i) % weights.Length]), theme.Paper, ink).ToYuv();
            _layers[i] = WaveLayer.Create(ref random, width, height, level, colour, random.Between(20_000, 27_000));
        }
    }

    public void Draw(long frame, YuvImage target)
    {
        _ground.Fill(frame, _context.Rate);
        foreach (ref readonly var layer in _layers.AsSpan())
        {
            Add(layer, layer.FrontAt(frame, _context.Rate, _front));
        }

        _ground.Grid.Expand(target, _context.Lanes);
    }

    public void Dispose()
    {
    }

    private void Add(in WaveLayer layer, (int Top, int Bottom) extent)
    {
        const int Shift = NodeGrid.LumaShift + 4;
        var grid = _ground.Grid;
        var first = Math.Max(0, (extent.Top - _edge) >> Shift);
        var end = Math.Min(grid.Rows, ((extent.Bottom - _edge + _profile.Length) >> Shift) + 1);
        for (var row = first; row < end; row++)
        {
            var y = grid.Row(0, row);
            var u = grid.Row(1, row);
            var v = grid.Row(2, row);
            for (var x = 0; x < y.Length; x++)
            {
                var place = (row << Shift) - _front[x] + _edge;
                if ((uint)place >= (uint)_profile.Length)
                {
                    continue;
                }

                var weight = FixedPoint.MulHrs(_profile[place], layer.Strength);
                y[x] = (short)(y[x] + FixedPoint.MulHrs((layer.Colour.Y << 7) - y[x], weight));
                u[x] = (short)(u[x] + FixedPoint.MulHrs((layer.Colour.U << 7) - u[x], weight));
                v[x] = (short)(v[x] + FixedPoint.MulHrs((layer.Colour.V << 7) - v[x], weight));
            }
        }
    }

    /// <summary>Weights 0..32767 from above the edge down to where the wave has faded, one for every 1/16 pixel.</summary>
    private static short[] Profile(int edge, int depth)
    {
        var profile = new short[edge + depth];
        for (var i = 0; i < profile.Length; i++)
        {
            var share = i < edge
                ? EasingCurve.At(Easing.Smooth, i, edge)
                : EasingCurve.One - EasingCurve.At(Easing.Smooth, i - edge, depth);
            profile[i] = (short)Math.Min(FixedPoint.One15, share >> 15);
        }

        return profile;
    }
}
