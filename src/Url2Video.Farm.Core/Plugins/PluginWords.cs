using System.Buffers;

namespace Url2Video.Farm.Core.Plugins;

/// <summary>The capability words of plugins: <c>plugin:vintage#5f3c…</c> is met only by nodes that have those very files.</summary>
public static class PluginWords
{
    public const int FingerprintChars = 12;

    public const int IdCharsMax = 40;

    private static readonly SearchValues<char> s_id = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    public static string Of(string id, string sha256) => $"plugin:{id}#{sha256[..FingerprintChars]}";

    public static bool IsId(string id) => id.Length is >= 1 and <= IdCharsMax && id.AsSpan().IndexOfAnyExcept(s_id) < 0 && id[0] != '-';

    public static bool IsSha256(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
