namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// Three lamps and the light that is everywhere, on a relief that is made of a picture's own light and dark. A picture's codes are
/// multiplied, channel by channel, by background + key · max(0, n · k) + fill · max(0, n · f) + rim · max(0, lean)², lean being how far n leans to the rim's side.
/// </summary>
/// <param name="BackgroundPercent">The light that is everywhere, 0..200; <paramref name="BackgroundKelvin"/> its colour.</param>
/// <param name="ReliefPercent">How deep the relief is, 0..400: 0 is flat.</param>
public sealed record Lighting(Lamp Key, Lamp Fill, Lamp Rim, int BackgroundPercent, int BackgroundKelvin, int ReliefPercent);

/// <param name="IntensityPercent">0..300.</param>
/// <param name="AzimuthDegrees">−180..180: 0 at the camera, 90 right, 180 behind the picture.</param>
/// <param name="ElevationDegrees">−90..90, up positive.</param>
/// <param name="Kelvin">2000..20000; 6500 is white.</param>
public readonly record struct Lamp(int IntensityPercent, int AzimuthDegrees, int ElevationDegrees, int Kelvin);
