using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>One shot, prepared: text is set and measured once, and any frame can then be drawn.</summary>
internal sealed class ShotRenderer : IDisposable
{
    private readonly IBackgroundRenderer _background;
    private readonly ISprite[] _sprites;
    private readonly MaskPainter _painter;

    /// <param name="frames">How many frames the shot is seen, the transition after it included.</param>
    public ShotRenderer(Shot shot, long frames, RenderContext context)
    {
        _painter = context.Painter;
        _background = shot.Background switch
        {
            Background.Picture picture => PictureBackground.Create(picture, frames, context),
            Background.Generated { Pattern: GeneratedPattern.Gradient } gradient => new GradientBackground(gradient.Seed, context),
            Background.Generated { Pattern: GeneratedPattern.Waves } waves => new WaveBackground(waves.Seed, context),
            Background.Generated { Pattern: GeneratedPattern.Grid } grid => new GridBackground(grid.Seed, context),
            Background.Solid solid => new SolidBackground(solid.Colour.ToYuv()),
            _ => throw new ArgumentException($"Not a background: {shot.Background}.", nameof(shot)),
        };

        var cards = new CardBuilder(context);
        foreach (var card in shot.Cards)
        {
            cards.Add(card);
        }

        _sprites = [.. VeilBuilder.Create(cards, _background, frames, context), .. cards.Sprites];
    }

    public void Draw(long frame, YuvImage target)
    {
        _background.Draw(frame, target);
        foreach (var sprite in _sprites)
        {
            sprite.Draw(frame, target, _painter);
        }
    }

    public void Dispose()
    {
        _background.Dispose();
        foreach (var sprite in _sprites)
        {
            sprite.Dispose();
        }
    }
}
