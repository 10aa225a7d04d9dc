namespace Url2Video.Farm.Core.Storyboards.Sounds;

/// <summary>How the music steps back while somebody speaks.</summary>
/// <param name="DepthDecibel">0..40; 0 leaves the music as it is.</param>
/// <param name="MsAttack">The music is fully down when the first word begins, 20..5000.</param>
/// <param name="MsRelease">Back to full level after the last word, 20..10000.</param>
public sealed record Duck(int DepthDecibel, int MsAttack, int MsRelease)
{
    public const int DepthDecibelMax = 40;

    public static Duck Default { get; } = new(12, 300, 800);
}
