using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Small squares of the logo fly to their places, each on its own way and in its own time.</summary>
internal sealed class ParticleReveal : IReveal
{
    private const int Columns = 24;

    /// <summary>A square needs so many hundredths of the time; the rest is how much later the last one starts.</summary>
    private const int FlightPercent = 60;

    private readonly Piece[] _pieces;
    private readonly LogoPainter _painter;

    public ParticleReveal(LogoPicture logo, LogoPainter painter, ulong seed)
    {
        _painter = painter;
        var side = Math.Max(4, ((Math.Max(logo.Width, logo.Height) / Columns) + 1) & ~1);
        var random = new SplitMix64(seed);
        var pieces = new List<Piece>();
        for (var y = 0; y < logo.Height; y += side)
        {
            for (var x = 0; x < logo.Width; x += side)
            {
                var part = new PixelRect(x, y, Math.Min(side, logo.Width - x), Math.Min(side, logo.Height - y));
                var reach = logo.Width * 6 / 10;
                var piece = new Piece(part, random.Between(-reach, reach), random.Between(-reach, reach), random.Between(0, 100 - FlightPercent));
                if (IsSeen(logo, part))
                {
                    pieces.Add(piece);
                }
            }
        }

        _pieces = [.. pieces];
    }

    public void Draw(YuvImage target, int x, int y, long time)
    {
        foreach (var piece in _pieces)
        {
            var own = Math.Clamp((time - (EasingCurve.One * piece.Start / 100)) * 100 / FlightPercent, 0, EasingCurve.One);
            if (own > 0)
            {
                var left = EasingCurve.One - EasingCurve.Apply(Easing.OutCubic, own);
                var (dx, dy) = (piece.X * left >> 14, piece.Y * left >> 14);
                var place = new LogoPlacement(((long)(x + piece.Part.X) << 16) + dx, ((long)(y + piece.Part.Y) << 16) + dy, LogoPlacement.OwnSize);
                _painter.Paint(target, place, piece.Part, default(WholeWeight), RevealSprite.AlphaAt(own, 50));
            }
        }
    }

    public void Dispose()
    {
        // It holds nothing of its own.
    }

    private static bool IsSeen(LogoPicture logo, PixelRect part)
    {
        for (var y = part.Y; y < part.Bottom; y++)
        {
            if (logo.Opacity.Row(y)[part.X..part.Right].IndexOfAnyExcept((byte)0) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <param name="X">How far right of its place it starts, pixels.</param>
    /// <param name="Start">Percent of the time after which it does.</param>
    private readonly record struct Piece(PixelRect Part, int X, int Y, int Start);
}
