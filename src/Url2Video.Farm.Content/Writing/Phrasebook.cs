using System.Collections.Frozen;

namespace Url2Video.Farm.Content.Writing;

/// <summary>
/// The few sentences that the farm itself says, by language. Where a language is missing nothing is said rather than something
/// foreign.
/// </summary>
/// <param name="MoreAt">{0} the site.</param>
/// <param name="PriceIs">{0} the price.</param>
/// <param name="RatedBy">{0} the rating, {1} how many.</param>
/// <param name="Ratings">{0} how many.</param>
internal sealed record Phrasebook(string MoreAt, string PriceIs, string RatedBy, string Ratings)
{
    private static readonly FrozenDictionary<string, Phrasebook> ByLanguage = new Dictionary<string, Phrasebook>(StringComparer.Ordinal)
    {
        ["en"] = new("Read more at {0}.", "The price is {0}.", "Customers rate it {0} out of 5, over {1} ratings.", "{0} ratings"),
        ["de"] = new(
            "Mehr dazu auf {0}.", "Der Preis beträgt {0}.", "Kunden geben {0} von 5 Punkten, bei {1} Bewertungen.", "{0} Bewertungen"),
        ["fr"] = new("Pour en savoir plus : {0}.", "Le prix est de {0}.", "Les clients lui donnent {0} sur 5, sur {1} avis.", "{0} avis"),
        ["es"] = new(
            "Más información en {0}.",
            "El precio es de {0}.",
            "Los clientes le dan {0} sobre 5, con {1} valoraciones.",
            "{0} valoraciones"),
        ["it"] = new(
            "Per saperne di più: {0}.", "Il prezzo è di {0}.", "I clienti gli danno {0} su 5, con {1} recensioni.", "{0} recensioni"),
        ["pt"] = new("Saiba mais em {0}.", "O preço é de {0}.", "Os clientes dão {0} em 5, com {1} avaliações.", "{0} avaliações"),
        ["nl"] = new("Lees meer op {0}.", "De prijs is {0}.", "Klanten geven {0} van de 5, bij {1} beoordelingen.", "{0} beoordelingen"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static Phrasebook? Of(string language) => ByLanguage.GetValueOrDefault(language);

    public static string Money(string amount, string currency) => currency switch
    {
        "USD" => $"${amount}",
        "EUR" => $"€{amount}",
        "GBP" => $"£{amount}",
        "JPY" => $"¥{amount}",
        _ => $"{amount} {currency}",
    };

    public string More(string where) => Filled(MoreAt, where);

    public string Price(string money) => Filled(PriceIs, money);

    public string Rating(string rating, int count) =>
        Filled(RatedBy, rating, count.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public string RatingLabel(int count) => Filled(Ratings, count.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Not string.Format: the values come from pages and may hold braces.</summary>
    private static string Filled(string template, params ReadOnlySpan<string> values)
    {
        var at = template.IndexOf("{0}", StringComparison.Ordinal);
        var text = template[..at] + values[0] + template[(at + 3)..];
        var second = template.IndexOf("{1}", StringComparison.Ordinal);
        return second < 0 ? text : template[..at] + values[0] + template[(at + 3)..second] + values[1] + template[(second + 3)..];
    }
}
