namespace Url2Video.Farm.Media.Audio.Spatial;

public enum RoomSize
{
    /// <summary>Dry.</summary>
    None,
    Small,
    Medium,
    Large,
}
