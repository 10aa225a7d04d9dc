namespace Url2Video.Farm.Core.Storyboards;

/// <summary>Three lamps, and the light that is everywhere, on a scene's picture: its light and dark are taken for heights.</summary>
/// <param name="Background">Hundredths of the light that is everywhere, 0..<see cref="BackgroundMax"/>.</param>
/// <param name="BackgroundKelvin">Its colour.</param>
/// <param name="Relief">Hundredths: how deep the heights are, 0..<see cref="ReliefMax"/>.</param>
public sealed record Lighting(Lamp Key, Lamp Fill, Lamp Rim, int Background, int BackgroundKelvin, int Relief)
{
    public const int IntensityMax = 300;

    public const int BackgroundMax = 200;

    public const int ReliefMax = 400;

    public const int KelvinMin = 2_000;

    public const int KelvinMax = 20_000;

    /// <summary>From the left above, softened from the right, a rim from behind: a face that looks at the camera keeps nine tenths of its light.</summary>
    public static Lighting Default { get; } = new(
        new Lamp(90, -45, 35, 5_600), new Lamp(30, 50, 10, 6_500), new Lamp(60, 150, 30, 6_500), 25, 6_500, 100);
}

/// <param name="Intensity">Hundredths.</param>
/// <param name="Azimuth">Degrees: 0 at the camera, 90 right, 180 behind the picture.</param>
/// <param name="Elevation">Degrees, up positive.</param>
/// <param name="Kelvin">Colour of the light; 6500 is white.</param>
public readonly record struct Lamp(int Intensity, int Azimuth, int Elevation, int Kelvin);
