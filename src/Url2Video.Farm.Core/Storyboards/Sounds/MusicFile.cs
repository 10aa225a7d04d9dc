namespace Url2Video.Farm.Core.Storyboards.Sounds;

/// <summary>What happens when a music file is shorter than the film.</summary>
public enum MusicEnd
{
    /// <summary>It begins again, cross-faded.</summary>
    Loop,

    /// <summary>It fades out and is not heard again.</summary>
    Silence,
}

/// <summary>Music that somebody brought, in place of the generated bed.</summary>
/// <param name="MsStart">Where in the file the film's music begins, 0..3600000.</param>
public sealed record MusicFile(VisualAsset Asset, int MsStart, MusicEnd End);
