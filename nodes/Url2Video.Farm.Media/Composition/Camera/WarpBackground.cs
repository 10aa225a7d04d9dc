using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>A picture before a camera that turns, or travels while it zooms.</summary>
internal sealed class WarpBackground : IBackgroundRenderer
{
    private readonly YuvImage _picture;
    private readonly TurnGeometry? _turn;
    private readonly DollyGeometry? _dolly;
    private readonly MoveClock _clock;
    private readonly RenderContext _context;

    /// <param name="picture">Disposed by this.</param>
    /// <param name="frames">How many the shot is seen.</param>
    public WarpBackground(YuvImage picture, CameraMotion motion, long frames, RenderContext context)
    {
        (_clock, _context) = (motion.Timing.ClockOf(frames, context.Rate), context);
        _picture = PictureFitter.Reduce(picture, StepOf(picture, motion, context));
        switch (motion)
        {
            case CameraMotion.Turn turn:
                _turn = new TurnGeometry(turn, _picture.Width, _picture.Height, context.Width, context.Height);
                break;
            case CameraMotion.DollyZoom dolly:
                _dolly = new DollyGeometry(dolly, _picture.Width, _picture.Height, context.Width, context.Height);
                break;
            default:
                throw new ArgumentException($"Not a move that bends the picture: {motion}.", nameof(motion));
        }
    }

    public void Draw(long frame, YuvImage target)
    {
        var done = _clock.ShareAt(MoveClock.MicrosAt(frame, _context.Rate));
        var area = new PixelRect(0, 0, target.Width, target.Height);
        if (_turn is not null)
        {
            _context.WarpSampler.Draw(_picture, _turn.At(done), target, area);
        }
        else if (_dolly is not null)
        {
            _context.WarpSampler.Draw(_picture, _dolly.At(done), target, area);
        }
    }

    public void Dispose() => _picture.Dispose();

    private static double StepOf(YuvImage picture, CameraMotion motion, RenderContext context) => motion switch
    {
        CameraMotion.Turn turn => new TurnGeometry(turn, picture.Width, picture.Height, context.Width, context.Height).Step,
        CameraMotion.DollyZoom dolly => new DollyGeometry(dolly, picture.Width, picture.Height, context.Width, context.Height).Step,
        _ => 1,
    };
}
