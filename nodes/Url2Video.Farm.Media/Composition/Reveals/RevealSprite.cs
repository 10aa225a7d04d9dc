using Url2Video.Farm.Media.Pixels;
using static Url2Video.Farm.Media.Composition.EasingCurve;

namespace Url2Video.Farm.Media.Composition;

/// <summary>A logo that comes onto the screen and stays. A pure function of the frame; at rest an overlay like every other picture.</summary>
internal sealed class RevealSprite : ISprite
{
    private static readonly CubicBezier s_overshoot = new(3_400, 15_600, 6_400, 10_000);

    private readonly ShotLogo _logo;
    private readonly RenderContext _context;
    private readonly LogoPicture _picture;
    private readonly LogoPainter _painter;
    private readonly Overlay _rest;
    private readonly IReveal? _parts;
    private readonly int _x, _y;

    public RevealSprite(ShotLogo logo, RenderContext context)
    {
        (_logo, _context) = (logo, context);
        var side = (int)((long)context.Safe.ShortSide * logo.WidthMillionths / 1_000_000);
        using var decoded = context.Pictures.Open(logo.PictureId);
        var (width, height) = PictureMark.SizeOf(decoded, side, context.Height * 9 / 10);
        using var picture = PictureScaler.Scale(decoded.Image, width, height);
        using var opacity = decoded.Opacity is { } own ? PictureScaler.Scale(own, width, height) : PictureMark.Opaque(width, height);
        _picture = LogoPicture.Create(picture, opacity);
        _rest = new Overlay(picture, opacity);
        _painter = new LogoPainter(_picture, context.Width, context.Lanes);
        _x = (int)(((long)context.Width * logo.CentreXMillionths / 1_000_000) - (width / 2)) & ~1;
        _y = (int)(((long)context.Height * logo.CentreYMillionths / 1_000_000) - (height / 2)) & ~1;
        _parts = logo.Reveal switch
        {
            RevealKind.BlurIn => new BlurReveal(_picture, context),
            RevealKind.Draw => new DrawReveal(_picture, _painter),
            RevealKind.Glitch => new GlitchReveal(_picture, _painter, logo.Seed),
            RevealKind.Particles => new ParticleReveal(_picture, _painter, logo.Seed),
            _ => null,
        };
    }

    public void Draw(long frame, YuvImage target, MaskPainter painter)
    {
        var micros = MoveClock.MicrosAt(frame, _context.Rate);
        var time = new MoveClock(_logo.Delay * 1000L, _logo.Length * 1000L, CubicBezier.Linear).TimeShareAt(micros);
        if (micros < _logo.Delay * 1000L)
        {
            return;
        }

        if (time >= One || _logo.Reveal == RevealKind.None)
        {
            _rest.Draw(target, _x, _y, FixedPoint.One15, _context.Lanes);
            return;
        }

        if (_parts is not null)
        {
            _parts.Draw(target, _x, _y, time);
            return;
        }

        Come(target, time);
    }

    public void Dispose()
    {
        _parts?.Dispose();
        _painter.Dispose();
        _rest.Dispose();
        _picture.Dispose();
    }

    /// <summary>A share of the time as an opacity, whole after the given part of it.</summary>
    internal static int AlphaAt(long time, int percent) =>
        (int)(EasingCurve.Apply(Easing.Smooth, Math.Min(One, time * 100 / percent)) * FixedPoint.One15 >> 30);

    private void Come(YuvImage target, long time)
    {
        var place = new LogoPlacement((long)_x << 16, (long)_y << 16, LogoPlacement.OwnSize);
        var eased = EasingCurve.Apply(Easing.Smooth, time);
        switch (_logo.Reveal)
        {
            case RevealKind.Wipe:
                var feather = Math.Max(8, _picture.Width / 8);
                _painter.Paint(target, place, _picture.Whole, new WipeWeight((int)Between(0, (long)(_picture.Width + feather) << 8, eased), feather), FixedPoint.One15);
                break;
            case RevealKind.Iris:
                var radius = (int)(Math.Sqrt(((double)_picture.Width * _picture.Width) + ((double)_picture.Height * _picture.Height)) / 2) + 4;
                _painter.Paint(target, place, _picture.Whole, new IrisWeight(_picture.Width / 2, _picture.Height / 2, (int)Between(0, (long)radius << 8, eased)), FixedPoint.One15);
                break;
            case RevealKind.Scale:
                Grow(target, time);
                break;
            case RevealKind.LightSweep:
                _rest.Draw(target, _x, _y, AlphaAt(time, 40), _context.Lanes);
                Sweep(target, place, time);
                break;
            default:
                _rest.Draw(target, _x, _y, AlphaAt(time, 100), _context.Lanes);
                break;
        }
    }

    // From four tenths of its size, about its middle, to a sixteenth more than its size and back.
    private void Grow(YuvImage target, long time)
    {
        const int From = LogoPlacement.OwnSize * 4 / 10;
        var scale = (int)Math.Clamp(Between(From, LogoPlacement.OwnSize, s_overshoot.Apply(time)), From, LogoPlacement.OwnSize * 5 / 4);
        var (dx, dy) = ((long)_picture.Width * (LogoPlacement.OwnSize - scale) / 2, (long)_picture.Height * (LogoPlacement.OwnSize - scale) / 2);
        var place = new LogoPlacement(((long)_x << 16) + dx, ((long)_y << 16) + dy, scale);
        _painter.Paint(target, place, _picture.Whole, default(WholeWeight), AlphaAt(time, 35));
    }

    private void Sweep(YuvImage target, in LogoPlacement place, long time)
    {
        var start = One * 3 / 10;
        if (time <= start)
        {
            return;
        }

        var half = Math.Max(8, _picture.Width / 7);
        var way = _picture.Width + (_picture.Height / 2) + (2 * half);
        var middle = (int)Between(-half, way - half, (time - start) * 10 / 7);
        _painter.Light(target, place, new BeamWeight(middle, half), FixedPoint.One15 * 8 / 10);
    }
}

/// <summary>A reveal that has something to prepare.</summary>
internal interface IReveal : IDisposable
{
    /// <param name="x">Where the logo will rest.</param>
    /// <param name="time">The share of the time, 0..One, the end not included.</param>
    void Draw(YuvImage target, int x, int y, long time);
}
