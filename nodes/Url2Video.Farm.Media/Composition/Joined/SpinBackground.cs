using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Pictures around an object: each is fitted to the frame when it is first seen, and neighbours fade into each other.</summary>
internal sealed class SpinBackground : IBackgroundRenderer
{
    /// <summary>What fitted pictures may take: a turn slower than a few seconds a dozen decodes each of them once.</summary>
    private const long KeptBytesMax = 96L * 1024 * 1024;

    private static readonly CameraMove s_still = CameraMove.Still;
    private readonly Background.Spin _spin;
    private readonly RenderContext _context;
    private readonly MoveClock _clock;
    private readonly (int Index, long Used, YuvImage? Image)[] _kept;
    private long _uses;

    /// <param name="frames">How many the shot is seen.</param>
    public SpinBackground(Background.Spin spin, long frames, RenderContext context)
    {
        (_spin, _context) = (spin, context);
        _clock = new CameraTiming(spin.Delay, spin.Length, spin.Ease).ClockOf(frames, context.Rate);
        _kept = new (int, long, YuvImage?)[KeptOf(spin, context.Width, context.Height)];
    }

    /// <summary>How many fitted pictures are kept at most.</summary>
    public static long KeptOf(Background.Spin spin, int width, int height) =>
        Math.Min(spin.PictureIds.Length, Math.Max(3, KeptBytesMax / ((long)width * height * 3 / 2)));

    public void Draw(long frame, YuvImage target)
    {
        var (index, weight) = At(MoveClock.MicrosAt(frame, _context.Rate));
        var from = Fitted(index);
        if (weight == 0)
        {
            ImageBlend.Copy(from, target);
            return;
        }

        ImageBlend.CrossFade(from, Fitted((index + 1) % _spin.PictureIds.Length), weight, target, _context.Lanes);
    }

    public void Dispose()
    {
        foreach (var (_, _, image) in _kept)
        {
            image?.Dispose();
        }
    }

    /// <summary>Which picture is seen at a moment, and how much of the next, 0..32767.</summary>
    internal (int Index, int Weight) At(long micros)
    {
        var count = _spin.PictureIds.Length;
        var whole = ((Int128)count * _spin.TurnsHundredths << 30) / 100;
        var place = (long)(whole * _clock.ShareAt(micros) >> 30);
        var (index, part) = ((int)(((place >> 30) % count) + count) % count, place & (EasingCurve.One - 1));

        // A picture stands for its share of the step, and what is left of the step goes to the next one.
        var fade = EasingCurve.One * _spin.FadePercent / 100;
        var faded = part - (EasingCurve.One - fade);
        return (index, fade == 0 || faded <= 0 ? 0 : (int)Math.Min(faded * FixedPoint.One15 / fade, FixedPoint.One15));
    }

    private YuvImage Fitted(int index)
    {
        var slot = 0;
        for (var i = 0; i < _kept.Length; i++)
        {
            if (_kept[i].Image is not null && _kept[i].Index == index)
            {
                _kept[i].Used = ++_uses;
                return _kept[i].Image!;
            }

            slot = _kept[i].Used < _kept[slot].Used ? i : slot;
        }

        var image = _kept[slot].Image ?? new YuvImage(_context.Width, _context.Height);
        var picture = new Background.Picture(_spin.PictureIds[index], s_still, _spin.Fit);
        using (var fitter = PictureBackground.Create(picture, 1, _context))
        {
            fitter.Draw(0, image);
        }

        _kept[slot] = (index, ++_uses, image);
        return image;
    }
}
