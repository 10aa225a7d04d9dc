namespace Url2Video.Farm.Core.Storyboards.Sounds;

/// <summary>Names of the usual loudness targets, so that nobody has to know the numbers.</summary>
public static class LoudnessPreset
{
    /// <summary>The words that are taken, for messages.</summary>
    public const string Words = "broadcast (-23), podcast (-16) or social (-14)";

    /// <returns>Integrated loudness in tenths of LUFS; null for a word that is none of them.</returns>
    public static int? TenthsOf(string word) => word switch
    {
        "broadcast" => -230, // EBU R 128
        "podcast" or "web" => -160,
        "social" => -140,
        _ => null,
    };
}
