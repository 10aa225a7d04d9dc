namespace Url2Video.Farm.Media.Speech;

/// <summary>BCP 47 tags as pages write them, to the tags that the engines know. Pure.</summary>
internal static class LanguageTag
{
    /// <summary>Lower case, hyphens, and the engines' own names for macro-languages and retired codes.</summary>
    internal static string Canonical(string tag)
    {
        var lower = tag.Trim().Replace('_', '-').ToLowerInvariant();
        return lower switch
        {
            "zh-hk" or "zh-yue" or "zh-mo" => "yue",
            "no" or "no-no" or "nn" or "nb-no" => "nb",
            "iw" => "he",
            "in" => "id",
            "en" => "en-us",
            "fr" => "fr-fr",
            "tl" => "fil",
            _ when lower == "zh" || lower.StartsWith("zh-", StringComparison.Ordinal) => "cmn",
            _ => lower,
        };
    }

    internal static string Primary(string tag)
    {
        var hyphen = tag.IndexOf('-', StringComparison.Ordinal);
        return hyphen < 0 ? tag : tag[..hyphen];
    }
}
