namespace Url2Video.Farm.Core.Storyboards;

/// <summary>The looks that have a name; <see cref="LookTable"/> says what they are made of.</summary>
public enum LookName
{
    /// <summary>As it is: a place to start for numbers of one's own.</summary>
    Clean,
    Warm,
    Cool,

    /// <summary>Late sun.</summary>
    Golden,
    Noir,
    Sepia,

    /// <summary>An old print: brown, contrasty, dark corners, grain.</summary>
    Vintage,
    Faded,
    TealOrange,

    /// <summary>Little colour, hard contrast.</summary>
    Bleach,
    Dream,
    Night,
    Punch,
    Pastel,
    Forest,
    Neon,
}

/// <summary>A scene's grading: the name it started from and the numbers it has, those of the name where the document says nothing else.</summary>
public sealed record Look(LookName Name, LookNumbers Numbers);

/// <summary>Hundredths, unless the name says otherwise; the defaults change nothing.</summary>
/// <param name="Kelvin">Colour of the light, 2000..20000; 6500 is neutral.</param>
/// <param name="Brightness">0..200, about black.</param>
/// <param name="Contrast">0..200, about middle grey.</param>
/// <param name="Saturation">0..200.</param>
/// <param name="Sepia">0..100.</param>
/// <param name="Fade">0..100: blacks lifted, whites lowered.</param>
/// <param name="Curve">0..100 of an S-curve.</param>
/// <param name="Toning">0..100: how much the two colours tint shadows and highlights.</param>
/// <param name="Vignette">0..100: light that the farthest corner loses.</param>
/// <param name="Grain">0..100.</param>
public sealed record LookNumbers(
    int Kelvin = 6_500,
    int Brightness = 100,
    int Contrast = 100,
    int Saturation = 100,
    int Sepia = 0,
    int Fade = 0,
    int Curve = 0,
    int Toning = 0,
    int Vignette = 0,
    int Grain = 0)
{
    public static LookNumbers Neutral { get; } = new();

    /// <summary>Tints what is dark; only its colour counts, not its light.</summary>
    public Rgb Shadows { get; init; } = new(128, 128, 128);

    /// <summary>Tints what is light.</summary>
    public Rgb Highlights { get; init; } = new(128, 128, 128);

    /// <summary>Nothing would be seen of it.</summary>
    public bool IsNeutral =>
        (this with { Shadows = Neutral.Shadows, Highlights = Neutral.Highlights }) == Neutral;
}
