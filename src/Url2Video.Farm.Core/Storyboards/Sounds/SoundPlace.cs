namespace Url2Video.Farm.Core.Storyboards.Sounds;

/// <summary>Where a sound comes from, seen from the listener.</summary>
/// <param name="AzimuthDegrees">−180..180: 0 is ahead, 90 right, −90 left.</param>
/// <param name="ElevationDegrees">−90..90: 90 is above.</param>
/// <param name="DistanceCentimetres">20..2000; 100 changes nothing.</param>
public sealed record SoundPlace(int AzimuthDegrees, int ElevationDegrees, int DistanceCentimetres);
