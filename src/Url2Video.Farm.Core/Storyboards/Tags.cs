namespace Url2Video.Farm.Core.Storyboards;

/// <summary>Language tags as far as the farm needs them: BCP 47 syntax, not the registry.</summary>
public static class LanguageTag
{
    public static bool IsWellFormed(string tag)
    {
        var parts = tag.Split('-');
        return tag.Length <= 35
            && parts[0].Length is 2 or 3
            && parts[0].All(char.IsAsciiLetter)
            && parts.Skip(1).All(p => p.Length is >= 1 and <= 8 && p.All(char.IsAsciiLetterOrDigit));
    }

    /// <summary>The language without script and region, in lower case.</summary>
    public static string PrimaryOf(string tag) => tag.Split('-')[0].ToLowerInvariant();
}

/// <summary>Voice ids, <c>engine:voice</c>.</summary>
public static class VoiceId
{
    public static bool IsWellFormed(string id)
    {
        var parts = id.Split(':');
        return id.Length <= 64
            && parts.Length == 2
            && parts.All(p => p.Length > 0 && p.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '+' or '/' or '.'));
    }
}

/// <summary>Ids of scenes: they become parts of names, so they hold nothing that a file system or a URL could misread.</summary>
public static class SceneId
{
    public const int CharsMax = 64;

    public static bool IsWellFormed(string id) =>
        id.Length is >= 1 and <= CharsMax && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}

/// <summary>Paths inside a bundle: relative, forward slashes, never upwards.</summary>
public static class BundlePath
{
    public const int CharsMax = 300;

    public static bool IsWellFormed(string path) =>
        path.Length is >= 1 and <= CharsMax
        && !path.Contains('\\', StringComparison.Ordinal)
        && !path.Contains(':', StringComparison.Ordinal)
        && !path.Any(char.IsControl)
        && path.Split('/').All(part => part.Length > 0 && part is not ("." or ".."));
}
