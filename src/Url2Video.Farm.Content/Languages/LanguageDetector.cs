using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Content.Languages;

/// <summary>
/// Names the language of a text among those the product speaks: by script first, then by the share of stop words, with the page's
/// own statement as a strong hint that plain evidence can overrule.
/// </summary>
internal static class LanguageDetector
{
    private const int CharsMax = 20_000;

    /// <summary>A page that names its language is believed unless another one has this many times its stop words.</summary>
    private const double Overrule = 1.5;

    /// <param name="stated">The page's <c>lang</c>, or null.</param>
    /// <returns>A primary language tag; <c>en</c> when nothing can be told.</returns>
    public static string Detect(string text, string? stated)
    {
        var sample = text.Length > CharsMax ? text[..CharsMax] : text;
        var hint = stated is null ? null : Normal(LanguageTag.PrimaryOf(stated));
        if (ByScript(sample, hint) is { } byScript)
        {
            return byScript;
        }

        var words = Words.Of(sample).ToList();
        var scores = StopWords.Languages
            .Select(language => (Language: language, Share: Share(words, language)))
            .OrderByDescending(s => s.Share).ThenBy(s => s.Language, StringComparer.Ordinal)
            .ToList();
        var best = scores[0];
        if (hint is null)
        {
            return best.Share > 0 ? best.Language : "en";
        }

        // Ten words prove little, and a language without a list cannot be contradicted by one.
        var hinted = scores.FirstOrDefault(s => s.Language == hint);
        var isContradicted = words.Count >= 10 && best.Share > 0.1 && best.Share > Overrule * hinted.Share
            && (hinted.Language is not null || best.Share > 0.25);
        return isContradicted ? best.Language : hint;
    }

    private static string Normal(string primary) => primary is "no" or "nn" ? "nb" : primary;

    private static double Share(List<string> words, string language)
    {
        var stop = StopWords.Of(language);
        return words.Count == 0 ? 0 : words.Count(stop.Contains) / (double)words.Count;
    }

    /// <summary>Scripts that belong to one language of the product, or to a few of which the page's statement names one.</summary>
    private static string? ByScript(string text, string? hint)
    {
        var (letters, kana, han, hangul) = (0, 0, 0, 0);
        var scripts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var c in text)
        {
            if (!char.IsLetter(c))
            {
                continue;
            }

            letters++;
            kana += c is >= '\u3040' and <= '\u30FF' ? 1 : 0;
            han += c is >= '\u4E00' and <= '\u9FFF' ? 1 : 0;
            hangul += c is >= '\uAC00' and <= '\uD7AF' ? 1 : 0;
            if (ScriptOf(c) is { } script)
            {
                scripts[script] = scripts.GetValueOrDefault(script) + 1;
            }
        }

        if (kana + han + hangul > letters * 0.3)
        {
            return hangul > kana + han ? "ko" : kana * 10 > han ? "ja" : hint == "yue" ? "yue" : "zh";
        }

        var main = scripts.OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal).FirstOrDefault();
        if (main.Key is null || main.Value < letters * 0.4)
        {
            return null;
        }

        string[] family = main.Key switch
        {
            "arab" => ["ar", "fa", "ur"],
            "hebr" => ["he", "yi"],
            "deva" => ["hi", "mr", "ne"],
            var single => [single],
        };
        return hint is not null && family.Contains(hint)
            ? hint : main.Key == "arab" && text.AsSpan().IndexOfAny('پ', 'چ', 'گ') >= 0 ? "fa"
            : family[0];
    }

    private static string? ScriptOf(char c) => c switch
    {
        >= '\u0590' and <= '\u05FF' => "hebr",
        >= '\u0600' and <= '\u06FF' => "arab",
        >= '\u0900' and <= '\u097F' => "deva",
        >= '\u0980' and <= '\u09FF' => "bn",
        >= '\u0A00' and <= '\u0A7F' => "pa",
        >= '\u0A80' and <= '\u0AFF' => "gu",
        >= '\u0B80' and <= '\u0BFF' => "ta",
        >= '\u0C00' and <= '\u0C7F' => "te",
        >= '\u0C80' and <= '\u0CFF' => "kn",
        >= '\u0D00' and <= '\u0D7F' => "ml",
        >= '\u0E00' and <= '\u0E7F' => "th",
        >= '\u10A0' and <= '\u10FF' => "ka",
        >= '\u0530' and <= '\u058F' => "hy",
        _ => null,
    };
}
