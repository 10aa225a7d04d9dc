using System.Collections.Immutable;
using Url2Video.Farm.Content.Extraction;
using Url2Video.Farm.Content.Languages;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Content.Writing;

/// <summary>The order of a film: the title as hook, the points in the order of the source, the product's figures, a close.</summary>
internal static class ScriptBuilder
{
    /// <param name="words">Words of the whole film.</param>
    public static List<Beat> Build(SourceDoc document, string language, int words)
    {
        var sentences = Sentence.Of(document, language);
        var opening = Opening(document);
        var figures = Figures(document, language);
        var close = Close(document, language);
        var spent = new[] { opening, close }.OfType<Beat>().Concat(figures).Sum(b => Words.CountOf(b.Say));

        var budget = Math.Max(Pace.SceneWordsMax, words - spent);
        var picked = KeySentences.Pick(sentences, document.Title, budget, language);
        if (picked.IsEmpty)
        {
            picked = KeySentences.Pick(sentences, document.Title, KeySentences.WordsMax, language);
        }

        if (picked.IsEmpty)
        {
            picked = Fallback(sentences, budget);
        }

        var beats = SceneCutter.Cut(picked, language);

        // The figures of a product belong before its last third: late enough to mean something, early enough to be heard.
        beats.InsertRange(beats.Count * 2 / 3, figures);
        beats.Insert(0, opening);
        if (close is not null)
        {
            beats.Add(close);
        }

        return beats;
    }

    /// <summary>Texts of fragments only (menus, notes) still have words: take them in order.</summary>
    private static ImmutableArray<Sentence> Fallback(ImmutableArray<Sentence> sentences, int budget)
    {
        var left = budget;
        return [
            .. sentences.Where(s => s.Words is >= 2 and <= Pace.SceneWordsHardMax
                && s.Text.Length <= KeySentences.CharsMax).TakeWhile(s => (left -= s.Words) >= 0)];
    }

    private static Beat Opening(SourceDoc document)
    {
        var title = document.Title;
        ImmutableArray<string> shown = document.Site is { Length: <= 60 } site && !title.Contains(site, StringComparison.OrdinalIgnoreCase)
            ? [title, site]
            : document.Byline is { Length: <= 60 } byline ? [title, byline] : [title];
        var say = ".!?…。！？".Contains(title[^1], StringComparison.Ordinal) ? title : title + ".";
        if (document.Product?.Description is { Length: > 0 } description
            && Words.CountOf(say) + Words.CountOf(description) <= Pace.SceneWordsMax)
        {
            say += $" {description}";
        }

        return new Beat(SceneRole.Title, say, [], 0, 0, [new TextElement(TextKind.Title, shown)]);
    }

    private static List<Beat> Figures(SourceDoc document, string language)
    {
        var beats = new List<Beat>();
        if (document.Product is not { } product || Phrasebook.Of(language) is not { } phrases)
        {
            return beats;
        }

        if (product is { Rating: { } rating, Ratings: > 1 and var ratings })
        {
            beats.Add(
                new Beat(
                    SceneRole.Number,
                    phrases.Rating(rating, ratings),
                    [],
                    -1,
                    -1,
                    [new TextElement(TextKind.Number, [$"{rating} / 5", phrases.RatingLabel(ratings)])]));
        }

        if (product is { Price: { } price, Currency: { } currency })
        {
            var money = Phrasebook.Money(price, currency);
            beats.Add(
                new Beat(
                    SceneRole.Number,
                    phrases.Price(money),
                    [],
                    -1,
                    -1,
                    [new TextElement(TextKind.Number, [money, product.Name.Length <= 80 ? product.Name : document.Title])]));
        }

        return beats;
    }

    private static Beat? Close(SourceDoc document, string language)
    {
        var host = document.Url is { } url && Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.IdnHost : null;
        if (Phrasebook.Of(language) is not { } phrases || (document.Site ?? host) is not { Length: <= 80 } where)
        {
            return null;
        }

        var shown = host?.StartsWith("www.", StringComparison.Ordinal) == true ? host[4..] : host ?? where;
        return new Beat(
            SceneRole.Cta,
            phrases.More(where),
            [],
            -1,
            -1,
            [new TextElement(TextKind.Title, [document.Site ?? shown, .. document.Site is null || host is null ? [] : new[] { shown }])]);
    }
}
