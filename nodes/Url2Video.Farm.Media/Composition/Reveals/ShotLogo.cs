namespace Url2Video.Farm.Media.Composition;

/// <summary>How a logo comes onto the screen.</summary>
public enum RevealKind
{
    None,
    Fade,
    Wipe,
    Scale,
    BlurIn,
    Iris,
    Draw,
    Glitch,
    LightSweep,
    Particles,
}

/// <summary>A logo that a shot shows.</summary>
/// <param name="PictureId">Passed to <see cref="IPictureSource.Open"/>.</param>
/// <param name="Delay">Milliseconds after the shot's first frame.</param>
/// <param name="Length">Milliseconds that it takes to come.</param>
public sealed record ShotLogo(string PictureId, RevealKind Reveal, int Delay, int Length)
{
    /// <summary>Of the frame's shorter side, 20,000..900,000.</summary>
    public int WidthMillionths { get; init; } = 450_000;

    /// <summary>Of its middle, millionths of the frame.</summary>
    public int CentreXMillionths { get; init; } = 500_000;

    public int CentreYMillionths { get; init; } = 500_000;

    /// <summary>Of what falls apart: the same seed gives the same frames.</summary>
    public ulong Seed { get; init; }
}
