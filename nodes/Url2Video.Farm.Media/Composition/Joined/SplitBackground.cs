using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Two pictures and the line between them, which is where it is to a fraction of a pixel.</summary>
internal sealed class SplitBackground : IBackgroundRenderer
{
    /// <summary>Pixels about the line in which both pictures are drawn and mixed: two luma pixels and their colour.</summary>
    private const int Zone = 4;

    private readonly Background.Split _split;
    private readonly RenderContext _context;
    private readonly SplitSide _first, _second;
    private readonly SplitLine _line;
    private readonly YuvImage _strip;
    private readonly int _length;

    public SplitBackground(Background.Split split, RenderContext context)
    {
        (_split, _context) = (split, context);
        _length = split.IsStacked ? context.Height : context.Width;
        var (least, most) = (split.Keys.Min(k => k.AtMillionths), split.Keys.Max(k => k.AtMillionths));
        _first = new SplitSide(split.First, split, LengthOf(most), context);
        _second = new SplitSide(split.Second, split, LengthOf(1_000_000 - least), context);
        _line = new SplitLine(split, context);
        _strip = split.IsStacked ? new YuvImage(context.Width, Zone) : new YuvImage(Zone, context.Height);
    }

    public void Draw(long frame, YuvImage target)
    {
        var at = PlaceAt(MoveClock.MicrosAt(frame, _context.Rate));
        var zone = Math.Clamp((int)(at >> 16) & ~1, 0, _length - Zone);
        if (at > 0)
        {
            _first.Draw(target, 0, at < (long)_length << 16 ? zone + Zone : _length, 0, at, 0);
        }

        if (at <= 0)
        {
            _second.Draw(target, 0, _length, at, (long)_length << 16, 0);
        }
        else if (at < (long)_length << 16)
        {
            _second.Draw(_strip, zone, zone + Zone, at, (long)_length << 16, zone);
            SplitMix.Into(target, _strip, zone, at, _split.IsStacked);
            if (zone + Zone < _length)
            {
                _second.Draw(target, zone + Zone, _length, at, (long)_length << 16, 0);
            }
        }

        _line.Draw(target, at);
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
        _line.Dispose();
        _strip.Dispose();
    }

    /// <summary>Where the line is at a moment, in 1/65536 pixel.</summary>
    internal long PlaceAt(long micros)
    {
        var (keys, next) = (_split.Keys, 0);
        while (next < keys.Length && keys[next].Millis * 1000L <= micros)
        {
            next++;
        }

        if (next == 0 || next == keys.Length)
        {
            return Place(keys[Math.Max(0, next - 1)]);
        }

        var (from, to) = (keys[next - 1], keys[next]);
        var clock = new MoveClock(from.Millis * 1000L, (to.Millis - from.Millis) * 1000L, to.Ease);
        return Math.Clamp(EasingCurve.Between(Place(from), Place(to), clock.ShareAt(micros)), 0, (long)_length << 16);
    }

    private long Place(SplitKey key) => ((long)_length << 16) * key.AtMillionths / 1_000_000;

    // Of the part a picture is fitted to: the longest it ever has and the pixels about the line, even, and never so short that fitting makes no sense.
    private int LengthOf(int millionths) => _split.IsBeside
        ? Math.Clamp((int)((((long)_length * millionths / 1_000_000) + 1) & ~1L) + (2 * Zone), Math.Min(_length, 64), _length)
        : _length;
}
