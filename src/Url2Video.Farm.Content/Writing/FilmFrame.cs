using System.Collections.Immutable;
using Url2Video.Farm.Content.Extraction;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Content.Writing;

/// <summary>What a film says besides sentences of its source: the title as hook, a product's figures, where to read on.</summary>
internal sealed record FilmFrame(Beat Hook, ImmutableArray<Beat> Figures, Beat? Ending)
{
    /// <summary>The ways to frame a film, richest first; the last one is as short as a film can be and still end somewhere.</summary>
    public static ImmutableArray<FilmFrame> Of(SourceDoc document, string language)
    {
        var opening = Opening(document, null);
        var (rating, price) = (Rating(document, language), Price(document, language));
        var close = Close(document, language);
        ImmutableArray<Beat> figures = [.. new[] { rating, price }.OfType<Beat>()];
        ImmutableArray<Beat> priced = price is null ? [] : [price];
        ImmutableArray<FilmFrame> frames =
        [
            new(opening, figures, close),
            new(opening, priced, close),
            price is null ? new(opening, [], close) : new(opening, priced, null), // A price is an ending too.
        ];
        return document.Product?.Description is { Length: > 0 } description
            && Opening(document, description) is var told && SpokenLength.Millis(told.Say, language) <= Pace.SpeechMsMax
            ? frames.Insert(0, new(told, figures, close))
            : frames;
    }

    /// <summary>Where nothing else ends the film, its last point does.</summary>
    public int PointsMin => Ending is null && Figures.IsEmpty ? 2 : 1;

    /// <summary>The figures of a product belong before its last third: late enough to mean something, early enough to be heard.</summary>
    public List<Beat> Around(IReadOnlyList<Beat> points)
    {
        var at = Ending is null ? points.Count : points.Count * 2 / 3;
        while (at > 0 && at < points.Count && FilmLength.RunsOn(points[at - 1]))
        {
            at++; // Nothing stands between the halves of a sentence.
        }

        return [Hook, .. points.Take(at), .. Figures, .. points.Skip(at), .. Ending is null ? [] : new[] { Ending }];
    }

    private static Beat Opening(SourceDoc document, string? description)
    {
        var title = document.Title;
        ImmutableArray<string> shown = document.Site is { Length: <= 60 } site && !title.Contains(site, StringComparison.OrdinalIgnoreCase)
            ? [title, site]
            : document.Byline is { Length: <= 60 } byline ? [title, byline] : [title];
        var say = ".!?…。！？".Contains(title[^1], StringComparison.Ordinal) ? title : title + ".";
        return new Beat(
            SceneRole.Title, description is null ? say : $"{say} {description}", [], 0, 0, [new TextElement(TextKind.Title, shown)]);
    }

    private static Beat? Rating(SourceDoc document, string language) =>
        document.Product is { Rating: { } rating, Ratings: > 1 and var ratings } && Phrasebook.Of(language) is { } phrases
            ? Figure(phrases.Rating(rating, ratings), $"{rating} / 5", phrases.RatingLabel(ratings))
            : null;

    private static Beat? Price(SourceDoc document, string language)
    {
        if (document.Product is not { Price: { } price, Currency: { } currency } product || Phrasebook.Of(language) is not { } phrases)
        {
            return null;
        }

        var money = Phrasebook.Money(price, currency);
        return Figure(phrases.Price(money), money, product.Name.Length <= 80 ? product.Name : document.Title);
    }

    private static Beat Figure(string say, string figure, string label) =>
        new(SceneRole.Number, say, [], -1, -1, [new TextElement(TextKind.Number, [figure, label])]);

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
