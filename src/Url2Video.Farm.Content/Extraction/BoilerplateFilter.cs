using AngleSharp.Dom;

namespace Url2Video.Farm.Content.Extraction;

/// <summary>
/// Drops blocks that are about the site and not about the subject: link lists, share and newsletter calls, cookie notices,
/// bylines, repeated text. In the manner of jusText: short blocks are judged by link density and phrases, long ones are kept.
/// </summary>
internal static class BoilerplateFilter
{
    private const int ShortChars = 200;

    private const double LinkDensityMax = 0.33;

    /// <summary>Words of class names and ids that announce a part of the site's furniture.</summary>
    private static readonly HashSet<string> Furniture = new(StringComparer.Ordinal)
    {
        "cookie", "cookies", "consent", "gdpr", "newsletter", "subscribe", "signup", "share", "sharing", "social", "related", "recommended",
        "recommendations",
        "promo", "advert", "advertisement", "ads", "sponsor", "sponsored", "sidebar", "breadcrumb", "breadcrumbs", "pagination", "pager",
        "comments", "comment",
        "footer", "nav", "navbar", "navigation", "menu", "popup", "modal", "overlay", "toolbar", "disclaimer", "skip", "byline", "dateline",
        "masthead", "banner",
    };

    /// <summary>Beginnings and parts of furniture sentences; lower case.</summary>
    private static readonly string[] Phrases =
    [
        "cookie", "all rights reserved", "alle rechte vorbehalten", "tous droits réservés", "todos los derechos", "subscribe to",
        "sign up for", "newsletter",
        "share this", "share on", "follow us", "read more", "read next", "related articles", "related posts", "you may also like",
        "advertisement", "sponsored",
        "click here", "log in", "sign in", "add to cart", "add to basket", "privacy policy", "terms of use", "terms of service", "skip to",
        "back to top",
        "teilen", "folgen sie uns", "weiterlesen", "mehr lesen", "auch interessant", "lesen sie auch", "anzeige", "anmelden", "datenschutz",
        "impressum", "in den warenkorb",
        "partager", "abonnez-vous", "lire aussi", "lire la suite", "à lire aussi", "s'abonner", "se connecter",
        "politique de confidentialité",
        "compartir", "suscríbete", "leer más", "te puede interesar", "iniciar sesión", "condividi", "iscriviti", "leggi anche",
        "leggi tutto",
        "compartilhar", "partilhar", "assine", "leia mais", "leia também", "delen", "lees meer", "lees ook", "aanmelden", "dela", "läs mer",
        "læs mere", "les mer",
        "udostępnij", "czytaj więcej", "sdílet", "поделиться", "читайте также", "подписаться", "paylaş", "devamını oku", "シェア", "続きを読む",
        "分享", "阅读更多", "관련 기사",
    ];

    /// <returns>The blocks worth reading, in order.</returns>
    public static List<RawBlock> Apply(IReadOnlyList<RawBlock> blocks)
    {
        var counts = blocks.GroupBy(b => KeyOf(b.Text), StringComparer.Ordinal).ToDictionary(
            g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var kept = new List<RawBlock>();
        foreach (var block in blocks)
        {
            var key = KeyOf(block.Text);
            var isTemplate = block.Text.Length < ShortChars && counts[key] >= 3;
            if (!isTemplate && seen.Add(key) && !IsFurniture(block))
            {
                kept.Add(block);
            }
        }

        return kept;
    }

    private static bool IsFurniture(RawBlock block)
    {
        if (block.Kind == BlockKind.Code)
        {
            return false;
        }

        if (block.Text.Length < ShortChars
            && (block.LinkDensity > LinkDensityMax || HasPhrase(block.Text) || !block.Text.Any(char.IsLetterOrDigit)))
        {
            return true;
        }

        return block.LinkDensity > 0.6 || StandsInFurniture(block.Element);
    }

    /// <summary>A phrase must fill a good part of the block: a paragraph about cookies is not a cookie notice.</summary>
    private static bool HasPhrase(string text)
    {
        var lower = text.ToLowerInvariant();
        return Phrases.Any(p => lower.Contains(p, StringComparison.Ordinal)
            && (lower.Length < 60 || lower.StartsWith(p, StringComparison.Ordinal) || p.Length * 8 > lower.Length));
    }

    private static bool StandsInFurniture(IElement element)
    {
        for (var current = element; current is not null
            && current.LocalName is not ("body" or "main" or "article"); current = current.ParentElement)
        {
            var role = current.GetAttribute("role");
            if (role is "navigation" or "banner" or "contentinfo" or "search" or "alert" or "alertdialog" or "dialog" or "complementary"
                || Tokens.Of($"{current.ClassName} {current.Id}").Take(40).Any(Furniture.Contains))
            {
                return true;
            }
        }

        return false;
    }

    private static string KeyOf(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
