using System.Collections.Frozen;

namespace Url2Video.Farm.Core.Packaging;

/// <summary>Language tags as manifests carry them.</summary>
internal static class LanguageTag
{
    private const int CharsMax = 35;

    // How speakers call their language: what a player's menu shows. No ICU in the farm, so the common ones stand here.
    private static readonly FrozenDictionary<string, string> Autonyms = new Dictionary<string, string>
    {
        ["ar"] = "العربية", ["bg"] = "Български", ["ca"] = "Català", ["cs"] = "Čeština", ["da"] = "Dansk", ["de"] = "Deutsch",
        ["el"] = "Ελληνικά", ["en"] = "English", ["es"] = "Español", ["et"] = "Eesti", ["fa"] = "فارسی", ["fi"] = "Suomi",
        ["fr"] = "Français", ["he"] = "עברית", ["hi"] = "हिन्दी", ["hr"] = "Hrvatski", ["hu"] = "Magyar", ["id"] = "Bahasa Indonesia",
        ["it"] = "Italiano", ["ja"] = "日本語", ["ko"] = "한국어", ["lt"] = "Lietuvių", ["lv"] = "Latviešu", ["nb"] = "Norsk bokmål",
        ["nl"] = "Nederlands", ["pl"] = "Polski", ["pt"] = "Português", ["ro"] = "Română", ["ru"] = "Русский", ["sk"] = "Slovenčina",
        ["sl"] = "Slovenščina", ["sr"] = "Српски", ["sv"] = "Svenska", ["th"] = "ไทย", ["tr"] = "Türkçe", ["uk"] = "Українська",
        ["vi"] = "Tiếng Việt", ["zh"] = "中文",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The tag itself if it is made of letters, digits and hyphens as BCP 47 asks, else <c>und</c>.</summary>
    public static string Clean(string tag) =>
        tag.Length is > 0 and <= CharsMax && tag.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && char.IsAsciiLetter(tag[0]) ? tag : "und";

    /// <summary>A name for people; the tag where no better one is known.</summary>
    public static string NameOf(string tag)
    {
        var clean = Clean(tag);
        return Autonyms.GetValueOrDefault(clean.Split('-')[0], clean);
    }
}
