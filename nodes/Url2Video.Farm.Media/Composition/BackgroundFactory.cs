namespace Url2Video.Farm.Media.Composition;

/// <summary>Backgrounds by kind, for a frame and for the box of a layer.</summary>
internal static class BackgroundFactory
{
    /// <param name="frames">How many the shot is seen.</param>
    public static IBackgroundRenderer Create(Background background, long frames, RenderContext context) => background switch
    {
        Background.Picture picture => PictureBackground.Create(picture, frames, context),
        Background.Clip clip => new ClipBackground(clip, frames, context),
        Background.Generated { Pattern: GeneratedPattern.Gradient } gradient => new GradientBackground(gradient.Seed, context),
        Background.Generated { Pattern: GeneratedPattern.Waves } waves => new WaveBackground(waves.Seed, context),
        Background.Generated { Pattern: GeneratedPattern.Grid } grid => new GridBackground(grid.Seed, context),
        Background.Solid solid => new SolidBackground(solid.Colour.ToYuv()),
        Background.Split split => new SplitBackground(split, context),
        Background.Spin spin => new SpinBackground(spin, frames, context),
        _ => throw new ArgumentException($"Not a background: {background}.", nameof(background)),
    };
}
