using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// Draws any frame of any transition. A frame depends on kind, weight and the two pictures alone, so that a film may be cut into
/// chunks anywhere. Holds scratch memory: one instance per thread.
/// </summary>
internal sealed class TransitionRenderer(int width, int height, FrameSampler sampler, Lanes lanes) : IDisposable
{
    private ArrivalField? _field;
    private TransitionKind _fieldKind;
    private FocusTransitions? _focus;
    private YuvImage? _scratch;

    /// <param name="from">The picture that goes.</param>
    /// <param name="to">The picture that comes.</param>
    /// <param name="weight">0..32767 of the way.</param>
    /// <param name="target">Neither of the two, except under a cross-fade.</param>
    public void Draw(TransitionKind kind, YuvImage from, YuvImage to, int weight, YuvImage target)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(weight);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(weight, FixedPoint.One15);
        switch (kind)
        {
            case TransitionKind.CrossFade:
                ImageBlend.CrossFade(from, to, weight, target, lanes);
                break;
            case >= TransitionKind.WipeLeft and <= TransitionKind.Clouds:
                FieldOf(kind).Mix(from, to, weight, target, lanes);
                break;
            case >= TransitionKind.PushLeft and <= TransitionKind.RevealDown:
                Slides.Draw(kind, from, to, weight, target);
                break;
            case TransitionKind.FadeBlack or TransitionKind.FadeWhite:
                ThroughColour.Draw(from, to, weight, kind == TransitionKind.FadeBlack ? (byte)16 : (byte)235, target, lanes);
                break;
            case TransitionKind.ZoomIn or TransitionKind.ZoomOut:
                _scratch ??= new YuvImage(width, height);
                Zooms.Draw(kind == TransitionKind.ZoomIn, from, to, weight, target, _scratch, sampler, lanes);
                break;
            case TransitionKind.Blur:
                _focus ??= new FocusTransitions(width, height, lanes);
                _focus.Draw(from, to, weight, target);
                break;
            case TransitionKind.Mosaic:
                ImageBlend.CrossFade(from, to, Steep.Middle(weight), target, lanes);
                Pixelate.Apply(target, Pixelate.SizeAt(Steep.Bump(weight), height));
                break;
            case TransitionKind.Glitch:
                Torn.Draw(from, to, weight, target);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a transition.");
        }
    }

    public void Dispose()
    {
        _field?.Dispose();
        _focus?.Dispose();
        _scratch?.Dispose();
    }

    // A film mostly keeps to one kind, and a field is made in some milliseconds: one is kept.
    private ArrivalField FieldOf(TransitionKind kind)
    {
        if (_field is null || _fieldKind != kind)
        {
            _field?.Dispose();
            _field = new ArrivalField(width, height, ArrivalShapes.Of(kind, width, height), ArrivalShapes.SoftBitsOf(kind));
            _fieldKind = kind;
        }

        return _field;
    }
}
