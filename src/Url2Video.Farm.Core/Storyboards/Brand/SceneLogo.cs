namespace Url2Video.Farm.Core.Storyboards;

/// <summary>How a logo comes onto the screen.</summary>
public enum LogoReveal
{
    /// <summary>There at once.</summary>
    None,

    /// <summary>Comes in where it stands.</summary>
    Fade,

    /// <summary>Uncovered from the left, by a soft edge.</summary>
    Wipe,

    /// <summary>Grows a little past its size and comes back.</summary>
    Scale,

    /// <summary>Becomes sharp.</summary>
    BlurIn,

    /// <summary>Uncovered by a growing circle.</summary>
    Iris,

    /// <summary>Its outlines are drawn round the middle, then it fills.</summary>
    Draw,

    /// <summary>Bands of it jump until they fit.</summary>
    Glitch,

    /// <summary>Comes in, and a beam of light passes over it.</summary>
    LightSweep,

    /// <summary>Pieces of it fly together.</summary>
    Particles,
}

/// <summary>A logo that a scene shows, over everything but captions.</summary>
/// <param name="MsDelay">From the first frame of the scene, 0..<see cref="MsDelayMax"/>.</param>
/// <param name="Ms">How long it takes to come, <see cref="MsMin"/>..<see cref="MsMax"/>.</param>
/// <param name="Width">Ten-thousandths of the frame's shorter side, <see cref="Watermark.WidthMin"/>..<see cref="WidthMax"/>.</param>
/// <param name="Place">Of its middle, in the frame.</param>
/// <param name="Seed">Of glitch and particles, 0..2⁵³−1.</param>
public sealed record SceneLogo(VisualAsset Asset, LogoReveal Reveal, int MsDelay, int Ms, int Width, Point Place, long Seed)
{
    public const int MsDelayMax = 60_000;

    public const int MsMin = 100;

    public const int MsMax = 10_000;

    public const int MsDefault = 1_200;

    public const int WidthMax = 9_000;

    public const int WidthDefault = 4_500;

    public static string PointerOf(int scene) => $"/scenes/{scene}/logo/asset";
}
