using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Where a layer is at one moment.</summary>
/// <param name="XQ32">Its middle, 32.32 pixels from the frame's outer corner.</param>
/// <param name="ScaleQ32">1 is 2³².</param>
/// <param name="DegreesQ16">Hundredths of a degree in 1/65536.</param>
/// <param name="Alpha">0..32767.</param>
internal readonly record struct LayerPose(long XQ32, long YQ32, long ScaleQ32, long DegreesQ16, int Alpha)
{
    private const long WholeTurn = 36_000L << 16;

    public bool IsUpright => DegreesQ16 % WholeTurn == 0;

    /// <summary>0 inclusive to 1 exclusive.</summary>
    public double Turns => (((DegreesQ16 % WholeTurn) + WholeTurn) % WholeTurn) / (double)WholeTurn;
}

/// <summary>The way of a layer through its keys. Pure, on integers: a moment has one pose, whatever was asked before.</summary>
internal sealed class LayerPath
{
    private const long Million = 1_000_000;
    private readonly LayerKey[] _keys;
    private readonly int _width, _height, _alpha;

    /// <param name="width">Of the frame.</param>
    public LayerPath(Layer layer, int width, int height)
    {
        (_width, _height, _alpha) = (width, height, layer.Alpha);
        Box = new LayerSize(Share(layer.Box.Width, width), Share(layer.Box.Height, height));
        _keys = layer.Keys.IsEmpty
            ? [new LayerKey(0, layer.Box.X + ((layer.Box.Width + 1) / 2), layer.Box.Y + ((layer.Box.Height + 1) / 2), (int)Million, 0, FixedPoint.One15, CubicBezier.Linear)]
            : [.. layer.Keys];
    }

    public LayerSize Box { get; }

    /// <summary>It never moves nor changes.</summary>
    public bool IsStill => _keys.Length == 1;

    /// <summary>How it stands, where size and angle never change; only its place and opacity may. Null: they do.</summary>
    public LayerPose? SteadyPose => _keys.All(k => (k.ScaleMillionths, k.DegreesHundredths) == (_keys[0].ScaleMillionths, _keys[0].DegreesHundredths)) ? At(0) : null;

    /// <summary>The largest it is meant to be; a curve that shoots over may pass it for a moment.</summary>
    public long ScaleMaxQ32 => Unit(_keys.Max(k => k.ScaleMillionths));

    /// <param name="micros">Since the shot's first frame.</param>
    public LayerPose At(long micros)
    {
        var next = 0;
        while (next < _keys.Length && _keys[next].Millis * 1000L <= micros)
        {
            next++;
        }

        if (next == 0 || next == _keys.Length)
        {
            var rest = _keys[Math.Max(0, next - 1)];
            return Between(rest, rest, 0);
        }

        var (from, to) = (_keys[next - 1], _keys[next]);
        var clock = new MoveClock(from.Millis * 1000L, (to.Millis - from.Millis) * 1000L, to.Ease);
        return Between(from, to, clock.ShareAt(micros));
    }

    // A curve may shoot over: places and angles follow it, a size cannot be negative and nothing is more than opaque.
    private LayerPose Between(LayerKey from, LayerKey to, long share) => new(
        EasingCurve.Between(Share(from.XMillionths, _width), Share(to.XMillionths, _width), share),
        EasingCurve.Between(Share(from.YMillionths, _height), Share(to.YMillionths, _height), share),
        Math.Clamp(EasingCurve.Between(Unit(from.ScaleMillionths), Unit(to.ScaleMillionths), share), 0, 16L << 32),
        EasingCurve.Between((long)from.DegreesHundredths << 16, (long)to.DegreesHundredths << 16, share),
        FixedPoint.MulHrs((int)Math.Clamp(EasingCurve.Between((long)from.Alpha << 16, (long)to.Alpha << 16, share) >> 16, 0, FixedPoint.One15), _alpha));

    private static long Share(int millionths, int size) => (long)(((Int128)millionths * size << 32) / Million);

    private static long Unit(int millionths) => (long)(((Int128)millionths << 32) / Million);
}
