using System.Buffers;

namespace Url2Video.Farm.Core.Nodes;

/// <summary>What a node may be called: it becomes a file name, a log word and a certificate's subject.</summary>
public static class NodeNames
{
    public const string Rule = "1 to 63 of a-z, 0-9, dot, dash and underscore, beginning with a letter or a digit";

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-_");

    public static bool IsOne(string? name) => name is { Length: >= 1 and <= Limits.NodeNameCharsMax }
        && char.IsAsciiLetterOrDigit(name[0])
        && !name.AsSpan().ContainsAnyExcept(Allowed);

    /// <summary>The nearest name to a text, e.g. a machine's host name.</summary>
    public static string Near(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var letters = text.ToLowerInvariant().Select(c => Allowed.Contains(c) ? c : '-').SkipWhile(c => !char.IsAsciiLetterOrDigit(c)).Take(Limits.NodeNameCharsMax);
        var name = string.Concat(letters);
        return name.Length > 0 ? name : "node";
    }
}
