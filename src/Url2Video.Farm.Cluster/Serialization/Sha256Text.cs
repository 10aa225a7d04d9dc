using System.Buffers;

namespace Url2Video.Farm.Cluster.Serialization;

/// <summary>The written form of a SHA-256: it becomes a file name, so nothing else may pass for one.</summary>
internal static class Sha256Text
{
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    public static bool IsOne(string? text) => text is { Length: 64 } && !text.AsSpan().ContainsAnyExcept(LowerHex);
}
