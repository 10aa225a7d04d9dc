using System.Collections.Immutable;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>A picture before a camera that turns, or travels while it zooms.</summary>
internal sealed class WarpBackground : IBackgroundRenderer
{
    private readonly Lease<YuvImage> _picture;
    private readonly BrushedPicture? _brushed;
    private readonly TurnGeometry? _turn;
    private readonly DollyGeometry? _dolly;
    private readonly MoveClock _clock;
    private readonly RenderContext _context;
    private readonly double _scaleX, _scaleY;

    /// <param name="picture">Given back by this. A reduced copy has whole pixels: the move keeps the geometry of the picture as it was given.</param>
    /// <param name="original">Its size before it was reduced.</param>
    /// <param name="frames">How many the shot is seen.</param>
    public WarpBackground(
        Lease<YuvImage> picture, (int Width, int Height) original, CameraMotion motion, ImmutableArray<MotionBrush> brushes, long frames, RenderContext context)
    {
        (_clock, _context) = (motion.Timing.ClockOf(frames, context.Rate), context);
        var (width, height) = original;
        switch (motion)
        {
            case CameraMotion.Turn turn:
                _turn = new TurnGeometry(turn, width, height, context.Width, context.Height);
                break;
            case CameraMotion.DollyZoom dolly:
                _dolly = new DollyGeometry(dolly, width, height, context.Width, context.Height);
                break;
            default:
                throw new ArgumentException($"Not a move that bends the picture: {motion}.", nameof(motion));
        }

        _picture = picture;
        _brushed = brushes.IsEmpty ? null : new BrushedPicture(picture.Value, brushes, context);
        (_scaleX, _scaleY) = (picture.Value.Width / (double)width, picture.Value.Height / (double)height);
    }

    public void Draw(long frame, YuvImage target)
    {
        var done = _clock.ShareAt(MoveClock.MicrosAt(frame, _context.Rate));
        var area = new PixelRect(0, 0, target.Width, target.Height);
        var picture = _brushed?.At(frame) ?? _picture.Value;
        if (_turn is not null)
        {
            _context.WarpSampler.Draw(picture, _turn.At(done).Scaled(_scaleX, _scaleY), target, area);
        }
        else if (_dolly is not null)
        {
            _context.WarpSampler.Draw(picture, _dolly.At(done).Scaled(_scaleX, _scaleY), target, area);
        }
    }

    public void Dispose()
    {
        _picture.Dispose();
        _brushed?.Dispose();
    }
}
