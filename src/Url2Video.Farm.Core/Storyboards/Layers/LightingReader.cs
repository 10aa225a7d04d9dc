using Url2Video.Farm.Core.Storyboards.Reading;

namespace Url2Video.Farm.Core.Storyboards;

internal static class LightingReader
{
    public static Lighting Read(StrictObject lighting)
    {
        var usual = Lighting.Default;
        var (background, kelvin) = (usual.Background, usual.BackgroundKelvin);
        _ = lighting.Child("background", b =>
        {
            background = b.Decimal("intensity", 100, 0, Lighting.BackgroundMax, background);
            kelvin = b.Integer("temperature", Lighting.KelvinMin, Lighting.KelvinMax, kelvin);
            return lighting;
        });
        return new Lighting(
            ReadLamp(lighting, "key", usual.Key), ReadLamp(lighting, "fill", usual.Fill), ReadLamp(lighting, "rim", usual.Rim),
            background, kelvin, lighting.Decimal("relief", 100, 0, Lighting.ReliefMax, usual.Relief));
    }

    private static Lamp ReadLamp(StrictObject lighting, string name, Lamp otherwise)
    {
        var lamp = otherwise;
        _ = lighting.Child(name, l =>
        {
            lamp = new Lamp(
                l.Decimal("intensity", 100, 0, Lighting.IntensityMax, otherwise.Intensity),
                l.Integer("azimuth", -180, 180, otherwise.Azimuth),
                l.Integer("elevation", -90, 90, otherwise.Elevation),
                l.Integer("temperature", Lighting.KelvinMin, Lighting.KelvinMax, otherwise.Kelvin));
            return lighting;
        });
        return lamp;
    }
}
