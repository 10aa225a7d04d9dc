namespace Url2Video.Farm.Core.Publishing;

/// <summary>
/// Who may write to an output. Two lives of a project may be alive at once for a while; the journal gives each its own term, and the output
/// belongs to the highest term that has claimed it. A former life would write older playlists over newer ones.
/// </summary>
public static class OutputClaim
{
    /// <summary>Where nobody has claimed it.</summary>
    public const long None = 0;

    /// <param name="claimed">The highest term that has claimed the output; <see cref="None"/> for none.</param>
    public static bool MayWrite(long term, long claimed) => term >= claimed;
}
