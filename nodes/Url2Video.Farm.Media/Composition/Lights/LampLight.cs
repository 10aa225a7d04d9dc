using System.Runtime.Intrinsics;
using Url2Video.Farm.Media.Audio;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>A lamp as numbers: where it is and how much of each channel it gives. x to the right, y down, z to the camera.</summary>
internal readonly record struct LampLight(double X, double Y, double Z, double R, double G, double B)
{
    public static LampLight Of(Lamp lamp)
    {
        var (azimuth, elevation) = (lamp.AzimuthDegrees / 360.0, lamp.ElevationDegrees / 360.0);
        var level = StrictMath.CosTurns(elevation);
        var (r, g, b) = ColourOf(lamp.IntensityPercent, lamp.Kelvin);
        return new LampLight(
            level * StrictMath.SinTurns(azimuth), -StrictMath.SinTurns(elevation), level * StrictMath.CosTurns(azimuth), r, g, b);
    }

    /// <summary>The gains of a light on R'G'B' codes; at 6500 K all are the intensity.</summary>
    public static (double R, double G, double B) ColourOf(int percent, int kelvin)
    {
        var colour = WhitePoint.Grade(kelvin).Of(new Triple(1, 1, 1));
        return (colour.X * percent / 100, colour.Y * percent / 100, colour.Z * percent / 100);
    }

    /// <summary>How much of a lamp a surface gets, 0..1.</summary>
    public double On(double nx, double ny, double nz) => Math.Max(0, (nx * X) + (ny * Y) + (nz * Z));

    /// <inheritdoc cref="On(double, double, double)"/>
    public Vector256<double> On(Vector256<double> nx, Vector256<double> ny, Vector256<double> nz) =>
        Vector256.Max(Vector256<double>.Zero, (nx * X) + (ny * Y) + (nz * Z));

    /// <inheritdoc cref="Along(double, double)"/>
    public Vector256<double> Along(Vector256<double> nx, Vector256<double> ny)
    {
        var length = Math.Sqrt((X * X) + (Y * Y));
        var lean = length < 1e-9 ? Vector256<double>.Zero : Vector256.Max(Vector256<double>.Zero, ((nx * X) + (ny * Y)) / length);
        return lean * lean;
    }

    /// <summary>
    /// The square of how far a surface leans to the side of the lamp, 0..1: nothing for one that looks at the camera, and no crease where
    /// it begins to lean.
    /// </summary>
    public double Along(double nx, double ny)
    {
        var length = Math.Sqrt((X * X) + (Y * Y));
        var lean = length < 1e-9 ? 0 : Math.Max(0, ((nx * X) + (ny * Y)) / length);
        return lean * lean;
    }
}
