namespace Url2Video.Farm.Media.Audio.Spatial;

/// <summary>Where a sound comes from, seen from the listener.</summary>
/// <param name="AzimuthDegrees">−180..180: 0 is ahead, 90 right, −90 left.</param>
/// <param name="ElevationDegrees">−90..90: 90 is above.</param>
/// <param name="DistanceCentimetres">20..2000; 100 changes nothing.</param>
public sealed record SoundPosition(int AzimuthDegrees, int ElevationDegrees, int DistanceCentimetres)
{
    /// <summary>Level by distance, 1/r; nearer than 20 cm nobody speaks.</summary>
    internal double Gain => 100.0 / Math.Clamp(DistanceCentimetres, 20, 2_000);
}
