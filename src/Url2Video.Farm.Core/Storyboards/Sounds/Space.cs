namespace Url2Video.Farm.Core.Storyboards.Sounds;

public enum RoomSize
{
    /// <summary>No room at all: dry.</summary>
    None,

    /// <summary>A furnished room: silent after 0.3 s.</summary>
    Small,

    /// <summary>A classroom: 0.7 s.</summary>
    Medium,

    /// <summary>A hall: 1.6 s.</summary>
    Large,
}

/// <summary>The room in which the voice and the effects are heard; the music has its own.</summary>
/// <param name="WetPercent">How much of the room is heard, 0..100.</param>
/// <param name="Voice">Where the voice comes from; null for the middle, on both channels alike.</param>
public sealed record Space(RoomSize Room, int WetPercent, SoundPlace? Voice)
{
    public static Space Default { get; } = new(RoomSize.None, 30, null);

    public bool IsDefault => this == Default;
}
