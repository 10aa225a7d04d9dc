using System.Globalization;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Url2Video.Farm.Content.Extraction;

/// <summary>The few statements of a page's JSON-LD that films are made of. Broken blocks are skipped; they are common.</summary>
internal sealed class JsonLd
{
    private const int BlockCharsMax = 512 * 1024;

    private const int PriceCharsMax = 16;

    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 64,
    };

    private readonly List<(string Price, string? Currency)> _prices = [];

    public string? Author { get; private set; }

    public string? Image { get; private set; }

    public bool IsArticle { get; private set; }

    public ProductFacts? Product { get; private set; }

    public static JsonLd Of(IHtmlDocument document)
    {
        var result = new JsonLd();
        foreach (var script in document.QuerySelectorAll("script[type='application/ld+json']").Take(20))
        {
            var text = script.TextContent.Trim();
            if (text.Length is 0 or > BlockCharsMax)
            {
                continue;
            }

            try
            {
                using var json = JsonDocument.Parse(text, Lenient);
                result.Visit(json.RootElement, 0);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                // One broken block says nothing about the next. The second is half of a surrogate pair in a text.
            }
        }

        return result;
    }

    private void Visit(JsonElement element, int depth)
    {
        if (depth > 4)
        {
            return;
        }

        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray().Take(50))
            {
                Visit(item, depth + 1);
            }

            return;
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (element.TryGetProperty("@graph", out var graph))
        {
            Visit(graph, depth + 1);
        }

        var types = Texts(element, "@type").ToList();
        if (types.Any(t => t is "Article" or "NewsArticle" or "BlogPosting" or "TechArticle" or "Report"))
        {
            IsArticle = true;
            Author ??= NameAt(element, "author");
            Image ??= ImageAt(element);
        }

        // The first product is the page's; later ones are "related".
        if (Product is null && types.Any(t => t is "Product" or "ProductGroup"))
        {
            ReadProduct(element);
        }
    }

    private void ReadProduct(JsonElement product)
    {
        if (Text(product, "name") is not { } name)
        {
            return;
        }

        if (product.TryGetProperty("offers", out var offers))
        {
            ReadOffers(offers, 0);
        }

        Image ??= ImageAt(product);
        var rating = product.TryGetProperty("aggregateRating", out var r) && r.ValueKind == JsonValueKind.Object
            ? r
            : default(JsonElement?);
        var ratings = rating is { } counted ? Text(counted, "ratingCount") ?? Text(counted, "reviewCount") : null;

        // Offers that disagree give no price: a film must not pick one.
        var price = _prices.Distinct().Count() == 1 ? _prices[0] : default;
        Product = new ProductFacts(
            name,
            NameAt(product, "brand"),
            Text(product, "description"),
            price.Price,
            price.Currency,
            rating is { } value ? StarsOf(value) : null,
            int.TryParse(ratings, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null);
    }

    /// <summary>A rating of one to five stars as it is written; null for one on another scale, which would be shown as less or more than it is.</summary>
    private static string? StarsOf(JsonElement rating)
    {
        const int StarsMax = 5, CharsMax = 8;
        return Text(rating, "ratingValue") is { Length: <= CharsMax } text && NumberOf(text) is > 0 and <= StarsMax
            && (Text(rating, "bestRating") is not { } best || NumberOf(best) == StarsMax)
            ? text
            : null;

        static decimal? NumberOf(string text) =>
            decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private void ReadOffers(JsonElement offers, int depth)
    {
        if (offers.ValueKind == JsonValueKind.Array && depth < 2)
        {
            foreach (var offer in offers.EnumerateArray().Take(20))
            {
                ReadOffers(offer, depth + 1);
            }
        }
        else if (offers.ValueKind == JsonValueKind.Object
            && Text(offers, "price") is { Length: <= PriceCharsMax } price
            && decimal.TryParse(price, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount > 0)
        {
            _prices.Add((price, Text(offers, "priceCurrency") is { Length: 3 } currency ? currency.ToUpperInvariant() : null));
        }
    }

    private static string? Text(JsonElement element, string name) => Texts(element, name).FirstOrDefault();

    private static IEnumerable<string> Texts(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value))
        {
            return [];
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => [TextOf.Clean(value.GetString()!)],
            JsonValueKind.Number => [value.GetRawText()],
            JsonValueKind.Array =>
                [.. value.EnumerateArray().Take(20).Where(v => v.ValueKind == JsonValueKind.String).Select(
                    v => TextOf.Clean(v.GetString()!))],
            _ => [],
        };
    }

    private static string? NameAt(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value))
        {
            return null;
        }

        var first = value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 ? value[0] : value;
        return first.ValueKind switch
        {
            JsonValueKind.String => TextOf.Clean(first.GetString()!),
            JsonValueKind.Object => Text(first, "name"),
            _ => null,
        };
    }

    private static string? ImageAt(JsonElement element)
    {
        if (!element.TryGetProperty("image", out var value))
        {
            return null;
        }

        var first = value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 ? value[0] : value;
        return first.ValueKind == JsonValueKind.Object
            ? Text(first, "url") : first.ValueKind == JsonValueKind.String ? first.GetString()
            : null;
    }
}
