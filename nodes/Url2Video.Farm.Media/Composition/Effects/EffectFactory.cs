using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Effects by kind.</summary>
internal static class EffectFactory
{
    public static IShotEffect Create(Effect effect, RenderContext context)
    {
        if (effect.Amount is < 0 or > 100 || effect.Count is < 0 or > Effect.CountMax)
        {
            throw new ArgumentException($"An effect's amount is 0 to 100 %, and it has at most {Effect.CountMax} particles.", nameof(effect));
        }

        return effect.Kind switch
        {
            <= EffectKind.Bokeh => ParticlesOf(effect, context),
            <= EffectKind.Fog => TonesOf(effect, context),
            <= EffectKind.Halftone => FocusOf(effect, context),
            <= EffectKind.Pulse => MovesOf(effect, context),
            <= EffectKind.Scratches => SignalsOf(effect, context),
            _ => LightsOf(effect, context),
        };
    }

    private static ParticleEffect ParticlesOf(Effect effect, RenderContext context)
    {
        var stage = new ParticleStage(context.Width, context.Height, context.Rate, effect.Seed);
        IParticleKind kind = effect.Kind switch
        {
            EffectKind.Confetti => new Confetti(stage),
            EffectKind.Sparkles => new Sparkles(stage),
            EffectKind.Snow => new Snow(stage),
            EffectKind.Rain => new Rain(stage),
            EffectKind.Embers => new Embers(stage),
            EffectKind.Bubbles => new Bubbles(stage),
            EffectKind.Fireflies => new Fireflies(stage),
            EffectKind.Stars => new Stars(stage),
            EffectKind.Dust => new Dust(stage),
            _ => new Bokeh(stage),
        };
        return new ParticleEffect(kind, Math.Max(1, effect.Count), Share(effect));
    }

    private static IShotEffect TonesOf(Effect effect, RenderContext context) => effect.Kind switch
    {
        EffectKind.Invert => new ToneEffect(Tones.Invert, Tones.Opposite, Share(effect)),
        EffectKind.Posterize => new ToneEffect(Tones.Posterize(effect.Amount), Tones.Same, FixedPoint.One15),
        EffectKind.Threshold => new ToneEffect(Tones.Threshold, Tones.Grey, Share(effect)),
        EffectKind.Solarize => new ToneEffect(Tones.Solarize, Tones.Same, Share(effect)),
        EffectKind.Duotone => new GradientEffect([context.Theme.Ink, context.Theme.Accent, context.Theme.Paper], Share(effect), context),
        EffectKind.Thermal => new GradientEffect(Tones.Heat, Share(effect), context),
        EffectKind.NightVision => new GradientEffect(Tones.Phosphor, Share(effect), context),
        _ => new FogEffect(effect.Seed, Share(effect), context),
    };

    private static IShotEffect FocusOf(Effect effect, RenderContext context) => effect.Kind switch
    {
        EffectKind.Blur => new BlurEffect(effect.Amount, context),
        EffectKind.Glow => new GlowEffect(Share(effect), context),
        EffectKind.Sharpen => new SharpenEffect(effect.Amount, context),
        EffectKind.Emboss => new ReliefEffect(isEdges: false, Share(effect), context),
        EffectKind.Edges => new ReliefEffect(isEdges: true, Share(effect), context),
        EffectKind.TiltShift => new TiltShiftEffect(effect.Amount, context),
        EffectKind.Mosaic => new MosaicEffect(Share(effect), context),
        _ => new HalftoneEffect(Share(effect), context),
    };

    private static IShotEffect MovesOf(Effect effect, RenderContext context) => effect.Kind switch
    {
        EffectKind.MirrorH => new MirrorEffect(isAcross: true, isDown: false),
        EffectKind.MirrorV => new MirrorEffect(isAcross: false, isDown: true),
        EffectKind.Kaleidoscope => new MirrorEffect(isAcross: true, isDown: true),
        EffectKind.Ripple => new RippleEffect(Share(effect), context),
        EffectKind.Shake => new CameraEffect(isPulse: false, effect.Seed, Share(effect), context),
        _ => new CameraEffect(isPulse: true, effect.Seed, Share(effect), context),
    };

    private static IShotEffect SignalsOf(Effect effect, RenderContext context) => effect.Kind switch
    {
        EffectKind.Glitch => new GlitchEffect(effect.Seed, Share(effect), context),
        EffectKind.RgbSplit => new RgbSplitEffect(Share(effect), context),
        EffectKind.Scanlines => new ScanlinesEffect(Share(effect), context),
        EffectKind.Vhs => new VhsEffect(effect.Seed, Share(effect), context),
        EffectKind.Flicker => new FlickerEffect(effect.Seed, Share(effect), context),
        _ => new ScratchesEffect(effect.Seed, Share(effect), context),
    };

    private static IShotEffect LightsOf(Effect effect, RenderContext context) => effect.Kind switch
    {
        EffectKind.LightLeak => new LightLeakEffect(effect.Seed, Share(effect), context),
        EffectKind.Spotlight => new SpotlightEffect(Share(effect), context),
        EffectKind.Letterbox => new LetterboxEffect(Share(effect), context),
        EffectKind.Border => new BorderEffect(Share(effect), context),
        EffectKind.ColourWash => new WashEffect(Share(effect), context),
        _ => throw new ArgumentOutOfRangeException(nameof(effect), effect.Kind, "Not an effect."),
    };

    private static int Share(Effect effect) => effect.Amount * FixedPoint.One15 / 100;
}
