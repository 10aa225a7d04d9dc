namespace Url2Video.Farm.Core.Storyboards;

/// <summary>What the named looks are made of.</summary>
public static class LookTable
{
    public static LookNumbers Of(LookName name) => name switch
    {
        LookName.Clean => LookNumbers.Neutral,
        LookName.Warm => new(Kelvin: 5_000, Saturation: 108, Curve: 15),
        LookName.Cool => new(Kelvin: 8_200, Saturation: 94, Curve: 15),
        LookName.Golden => new(Kelvin: 4_600, Saturation: 112, Fade: 12, Toning: 22, Vignette: 18)
        {
            Shadows = new(0x6A, 0x3C, 0x50), Highlights = new(0xFF, 0xC8, 0x6E),
        },
        LookName.Noir => new(Contrast: 122, Saturation: 0, Curve: 45, Vignette: 42, Grain: 8),
        LookName.Sepia => new(Contrast: 96, Sepia: 100),
        LookName.Vintage => new(Contrast: 120, Saturation: 80, Sepia: 70, Vignette: 30, Grain: 10),
        LookName.Faded => new(Contrast: 92, Saturation: 78, Fade: 60, Toning: 12)
        {
            Shadows = new(0x40, 0x50, 0x78), Highlights = new(0xE8, 0xD8, 0xB8),
        },
        LookName.TealOrange => new(Contrast: 106, Saturation: 112, Curve: 25, Toning: 38)
        {
            Shadows = new(0x00, 0x6E, 0x82), Highlights = new(0xFF, 0x9C, 0x50),
        },
        LookName.Bleach => new(Contrast: 128, Saturation: 42, Curve: 35, Grain: 4),
        LookName.Dream => new(Kelvin: 6_000, Contrast: 88, Saturation: 96, Fade: 28, Toning: 24, Vignette: 12)
        {
            Shadows = new(0x78, 0x58, 0xA8), Highlights = new(0xFF, 0xD0, 0xE0),
        },
        LookName.Night => new(Kelvin: 11_500, Brightness: 58, Contrast: 104, Saturation: 62, Toning: 34, Vignette: 45)
        {
            Shadows = new(0x10, 0x28, 0x70), Highlights = new(0x78, 0x96, 0xC8),
        },
        LookName.Punch => new(Contrast: 112, Saturation: 132, Curve: 40),
        LookName.Pastel => new(Brightness: 106, Contrast: 82, Saturation: 88, Fade: 30, Toning: 12)
        {
            Shadows = new(0x90, 0x98, 0xC8), Highlights = new(0xFF, 0xE4, 0xD0),
        },
        LookName.Forest => new(Kelvin: 6_100, Contrast: 104, Saturation: 88, Curve: 20, Toning: 30, Vignette: 20)
        {
            Shadows = new(0x1E, 0x50, 0x3C), Highlights = new(0xD8, 0xD8, 0x90),
        },
        LookName.Neon => new(Brightness: 94, Contrast: 112, Saturation: 138, Curve: 35, Toning: 42, Vignette: 25)
        {
            Shadows = new(0x50, 0x10, 0xB0), Highlights = new(0x60, 0xF0, 0xF0),
        },
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Not a look."),
    };
}
