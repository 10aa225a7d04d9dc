using System.Buffers;
using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Nodes;

/// <summary>
/// The capability words of encoders. The chunks of a film are joined under one init segment and must look alike, so a film is bound to the build
/// of the encoder that made its first chunk: <c>encoder:libx264#5f3c…</c> is a need that only nodes with the same build meet.
/// </summary>
public static class EncoderWords
{
    public const int FingerprintChars = 12;

    private const string Prefix = "encoder:";

    private static readonly SearchValues<char> s_name = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-");
    private static readonly SearchValues<char> s_hex = SearchValues.Create("0123456789abcdef");

    /// <summary>The word for any build of the encoder.</summary>
    public static string Of(string encoder) => Prefix + encoder;

    /// <summary>The word for one build of the encoder.</summary>
    public static string Of(string encoder, string fingerprint) => $"{Prefix}{encoder}#{fingerprint}";

    /// <summary>True for the word of one build, whoever sent it.</summary>
    public static bool IsBuild(string? word)
    {
        if (word is null || word.Length > 100 || !word.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var mark = word.IndexOf('#', StringComparison.Ordinal);
        return mark > Prefix.Length
            && word.Length - mark - 1 == FingerprintChars
            && word.AsSpan(Prefix.Length, mark - Prefix.Length).IndexOfAnyExcept(s_name) < 0
            && word.AsSpan(mark + 1).IndexOfAnyExcept(s_hex) < 0;
    }

    /// <summary>What a chunk of a film needs besides its other needs.</summary>
    /// <param name="bound">The word of the film's first chunk; null or empty while there is none, or when its node told none.</param>
    public static ImmutableArray<string> RequiredFor(string? bound) => IsBuild(bound) ? [bound!] : [];

    /// <summary>The word of this encoder's build among a node's capabilities; empty when it told none.</summary>
    public static string Among(IEnumerable<string> capabilities, string encoder) =>
        capabilities.FirstOrDefault(w => IsBuild(w) && w.StartsWith(Of(encoder) + "#", StringComparison.Ordinal)) ?? string.Empty;
}
