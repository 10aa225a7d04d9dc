using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>One shot, prepared: text is set and measured once, and any frame can then be drawn.</summary>
internal sealed class ShotRenderer : IDisposable
{
    private readonly IBackgroundRenderer _background;
    private readonly ISprite[] _sprites;
    private readonly IShotEffect[] _particles;
    private readonly MaskPainter _painter;
    private readonly RevealSprite? _logo;
    private readonly IReadOnlyList<LaidText> _texts;

    /// <param name="frames">How many frames the shot is seen, the transition after it included.</param>
    public ShotRenderer(Shot shot, long frames, RenderContext context)
    {
        _painter = context.Painter;
        var effects = shot.Effects.Select(e => EffectFactory.Create(e, context)).ToArray();
        _particles = [.. effects.Where(e => e.IsOverText)];
        _background = Dressed(BackgroundOf(shot, frames, context), shot.Look, [.. effects.Where(e => !e.IsOverText), .. shot.Filters.Select(f => Opened(f, context))], context);
        var cards = new CardBuilder(context);
        foreach (var card in shot.Cards)
        {
            cards.Add(card);
        }

        _texts = cards.Texts;
        _sprites = [.. VeilBuilder.Create(cards, _background, frames, context), .. cards.Sprites];
        _logo = shot.Logo is { } logo ? new RevealSprite(logo, context) : null;
    }

    public void Draw(long frame, YuvImage target)
    {
        _background.Draw(frame, target);
        DrawOver(frame, target);
    }

    /// <summary>About what it shows, see <see cref="IBackgroundRenderer.Glance"/>.</summary>
    public void Glance(long frame, YuvImage target)
    {
        _background.Glance(frame, target);
        DrawOver(frame, target);
    }

    private void DrawOver(long frame, YuvImage target)
    {
        foreach (var sprite in _sprites)
        {
            sprite.Draw(frame, target, _painter);
        }

        foreach (var effect in _particles)
        {
            effect.Draw(frame, target);
        }

        _logo?.Draw(frame, target, _painter);
    }

    /// <summary>Adds the texts that stand still at a frame of the shot.</summary>
    /// <param name="shot">Its number.</param>
    public void AddTextsAt(long frame, int shot, List<SeenText> seen)
    {
        for (var i = 0; i < _texts.Count; i++)
        {
            if (_texts[i].IsAtRest(frame))
            {
                seen.Add(new SeenText(new SeenKey(SeenKind.Card, shot, i), _texts[i].Place, _texts[i].Colour));
            }
        }
    }

    public void Dispose()
    {
        _background.Dispose();
        _logo?.Dispose();
        Array.ForEach(_particles, p => p.Dispose());
        foreach (var sprite in _sprites)
        {
            sprite.Dispose();
        }
    }

    private static IBackgroundRenderer BackgroundOf(Shot shot, long frames, RenderContext context)
    {
        var background = BackgroundFactory.Create(shot.Background, frames, context);
        if (!shot.Layers.IsEmpty)
        {
            background = new LayeredBackground(background, [.. shot.Layers.Select(l => new LayerRenderer(l, frames, context))]);
        }

        return shot.Lighting is { } lighting ? new LitBackground(background, lighting, context) : background;
    }

    private static FilterEffect Opened(FilterUse use, RenderContext context) => new(
        (context.Filters ?? throw new ArgumentException($"There is nobody who knows the filter {use.Id}.")).Open(use, context.Width, context.Height, context.Rate));

    private static IBackgroundRenderer Dressed(IBackgroundRenderer background, Look? look, IShotEffect[] effects, RenderContext context)
    {
        if (look is { IsNeutral: false })
        {
            background = new GradedBackground(background, new LookRenderer(look, context.Width, context.Height, context.Lanes));
        }

        return effects.Length == 0 ? background : new EffectBackground(background, effects);
    }
}
