using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// The film's mark. Where it chooses its corner itself it does so once for each shot, from frames of that shot alone: a chunk that is cut anywhere, and a
/// film in which another scene changed, choose the same. Between two corners it goes with the transition.
/// </summary>
internal sealed class MarkLayer : IDisposable
{
    /// <summary>Text and things that move are not there all the time: so many moments are looked at.</summary>
    private const int Looks = 3;

    private readonly LogoMark _mark;
    private readonly RenderContext _context;
    private readonly IMarkPicture _picture;
    private readonly PixelRect? _captions;
    private readonly int _marginX, _marginY, _alpha;
    private readonly Dictionary<int, PixelRect> _places = [];

    public MarkLayer(LogoMark mark, bool hasCaptions, RenderContext context)
    {
        (_mark, _context) = (mark, context);
        var width = Math.Max(2, (int)((long)context.Safe.ShortSide * mark.WidthMillionths / 1_000_000) & ~1);
        _picture = mark.Text is { } text ? new TextMark(text, width, context) : new PictureMark(mark.PictureId, width, context.Height / 2, context);
        _captions = hasCaptions ? context.Safe.Captions : null;
        (_marginX, _marginY) = (Margin(context.Width), Margin(context.Height));
        _alpha = FixedPoint.One15 * mark.OpacityPercent / 100;

        // Rounded up: a mark at the margin is not nearer to the edge.
        int Margin(int side) => (int)(((long)side * mark.MarginMillionths / 1_000_000) + 1) & ~1;
    }

    /// <summary>It must be told of shots.</summary>
    public bool IsChoosing => _mark.Anchor == MarkAnchor.Auto;

    /// <summary>Where it stands on every frame, unless it is choosing.</summary>
    public PixelRect Place => PlaceOf(_mark.Anchor);

    /// <summary>Lays a mark that stands still over a frame.</summary>
    public void Draw(YuvImage target) => Draw(target, Place, FixedPoint.One15);

    /// <summary>Lays it where a shot wants it.</summary>
    public void Draw(YuvImage target, PixelRect place, int weight) => _picture.Draw(target, place.X, place.Y, FixedPoint.MulHrs(_alpha, weight));

    /// <param name="index">Of the shot in this film: for remembering alone.</param>
    /// <param name="frames">How many frames the shot is seen.</param>
    public PixelRect PlaceIn(int index, ShotRenderer shot, long frames)
    {
        if (!_places.TryGetValue(index, out var place))
        {
            place = Chosen(shot, frames);
            _places.Add(index, place);
        }

        return place;
    }

    public void Dispose() => _picture.Dispose();

    private PixelRect PlaceOf(MarkAnchor anchor) =>
        MarkPlace.Of(anchor, _picture.Width, _picture.Height, _marginX, _marginY, _context.Width, _context.Height, _captions);

    private PixelRect Chosen(ShotRenderer shot, long frames)
    {
        using var seen = new YuvImage(_context.Width, _context.Height);
        Span<long> sums = stackalloc long[MarkPlace.Corners.Length];
        sums.Clear();
        for (var look = 0; look < Looks; look++)
        {
            shot.Glance(frames * ((2 * look) + 1) / (2 * Looks), seen);
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += Saliency.Of(seen, Around(PlaceOf(MarkPlace.Corners[i])));
            }
        }

        return PlaceOf(MarkPlace.Corners[sums.IndexOf(Least(sums))]);
    }

    private static long Least(ReadOnlySpan<long> sums)
    {
        var least = long.MaxValue;
        foreach (var sum in sums)
        {
            least = Math.Min(least, sum);
        }

        return least;
    }

    /// <summary>What lies close to a mark disturbs it, and is disturbed.</summary>
    private PixelRect Around(PixelRect place)
    {
        var (more, right, bottom) = (_marginY / 2, place.X + place.Width, place.Y + place.Height);
        var (x, y) = (Math.Max(0, place.X - more) & ~3, Math.Max(0, place.Y - more) & ~3);
        return new PixelRect(x, y, Math.Min(_context.Width, right + more) - x, Math.Min(_context.Height, bottom + more) - y);
    }
}
