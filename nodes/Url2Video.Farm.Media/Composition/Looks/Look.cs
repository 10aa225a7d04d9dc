using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>How a shot's picture is graded, under its text. Percent unless it says otherwise; the defaults change nothing.</summary>
public sealed record Look
{
    /// <summary>The light that is neutral: at this temperature white stays white.</summary>
    public const int NeutralKelvin = 6_500;

    /// <summary>The colour of the light, 2000 (candle) to 20000 (blue sky).</summary>
    public int Kelvin { get; init; } = NeutralKelvin;

    /// <summary>0..100 towards brown monochrome.</summary>
    public int Sepia { get; init; }

    /// <summary>0..200, about black.</summary>
    public int Brightness { get; init; } = 100;

    /// <summary>0..200, about middle grey.</summary>
    public int Contrast { get; init; } = 100;

    /// <summary>0..200; 0 is grey.</summary>
    public int Saturation { get; init; } = 100;

    /// <summary>0..100: blacks are lifted and whites lowered, as on an old print.</summary>
    public int Fade { get; init; }

    /// <summary>0..100 of an S-curve on every channel.</summary>
    public int Curve { get; init; }

    /// <summary>0..100: how much the two colours tint what is dark and what is light.</summary>
    public int Toning { get; init; }

    public Rgb Shadows { get; init; } = new(128, 128, 128);

    public Rgb Highlights { get; init; } = new(128, 128, 128);

    /// <summary>0..100: how much of its light the farthest corner loses.</summary>
    public int Vignette { get; init; }

    /// <summary>0..100 of strong film grain, new in every frame.</summary>
    public int Grain { get; init; }

    /// <summary>Straight lines all the way: a matrix is enough.</summary>
    internal bool IsLinear => Curve == 0 && Toning == 0;

    internal bool ChangesColour =>
        !IsLinear || Kelvin != NeutralKelvin || Sepia != 0 || Brightness != 100 || Contrast != 100 || Saturation != 100 || Fade != 0;

    internal bool IsNeutral => !ChangesColour && Vignette == 0 && Grain == 0;
}
