namespace Url2Video.Farm.Media.Speech.Normalising;

/// <summary>The few words that a language needs around digits; the engine reads the digits themselves.</summary>
internal sealed record LanguageWords
{
    private static readonly LanguageWords German = new()
    {
        Known = true,
        DecimalComma = true,
        Percent = "Prozent",
        Euro = "Euro",
        Euros = "Euro",
        Dollar = "Dollar",
        Dollars = "Dollar",
        Pound = "Pfund",
        Pounds = "Pfund",
        To = "bis",
        Dot = "Punkt",
        At = "ät",
        Slash = "Schrägstrich",
        And = "und",
        Minus = "minus",
        Celsius = "Grad Celsius",
        KilometresPerHour = "Kilometer pro Stunde",
        Plus = "plus",
        Hour = "Uhr",
        Date = "{0}. {1} {2}",
        Months = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    };

    private static readonly LanguageWords French = new()
    {
        Known = true,
        DecimalComma = true,
        Percent = "pour cent",
        Euro = "euro",
        Euros = "euros",
        Dollar = "dollar",
        Dollars = "dollars",
        Pound = "livre",
        Pounds = "livres",
        To = "à",
        Dot = "point",
        At = "arobase",
        Slash = "barre",
        And = "et",
        Minus = "moins",
        Celsius = "degrés Celsius",
        KilometresPerHour = "kilomètres par heure",
        Plus = "plus",
        Hour = "heures",
        Date = "{0} {1} {2}",
        Months = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    };

    private static readonly LanguageWords Spanish = new()
    {
        Known = true,
        DecimalComma = true,
        Percent = "por ciento",
        Euro = "euro",
        Euros = "euros",
        Dollar = "dólar",
        Dollars = "dólares",
        Pound = "libra",
        Pounds = "libras",
        To = "a",
        Dot = "punto",
        At = "arroba",
        Slash = "barra",
        And = "y",
        Minus = "menos",
        Celsius = "grados Celsius",
        KilometresPerHour = "kilómetros por hora",
        Plus = "más",
        Hour = "y",
        Date = "{0} de {1} de {2}",
        Months = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    };

    private static readonly LanguageWords Italian = new()
    {
        Known = true,
        DecimalComma = true,
        Percent = "per cento",
        Euro = "euro",
        Euros = "euro",
        Dollar = "dollaro",
        Dollars = "dollari",
        Pound = "sterlina",
        Pounds = "sterline",
        To = "a",
        Dot = "punto",
        At = "chiocciola",
        Slash = "barra",
        And = "e",
        Minus = "meno",
        Celsius = "gradi Celsius",
        KilometresPerHour = "chilometri all'ora",
        Plus = "più",
        Hour = "e",
        Date = "{0} {1} {2}",
        Months = "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    };

    private static readonly LanguageWords Portuguese = new()
    {
        Known = true,
        DecimalComma = true,
        Percent = "por cento",
        Euro = "euro",
        Euros = "euros",
        Dollar = "dólar",
        Dollars = "dólares",
        Pound = "libra",
        Pounds = "libras",
        To = "a",
        Dot = "ponto",
        At = "arroba",
        Slash = "barra",
        And = "e",
        Minus = "menos",
        Celsius = "graus Celsius",
        KilometresPerHour = "quilômetros por hora",
        Plus = "mais",
        Hour = "e",
        Date = "{0} de {1} de {2}",
        Months = "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    };

    private static readonly LanguageWords Dutch = new()
    {
        Known = true,
        DecimalComma = true,
        Percent = "procent",
        Euro = "euro",
        Euros = "euro",
        Dollar = "dollar",
        Dollars = "dollar",
        Pound = "pond",
        Pounds = "pond",
        To = "tot",
        Dot = "punt",
        At = "apenstaartje",
        Slash = "slash",
        And = "en",
        Minus = "min",
        Celsius = "graden Celsius",
        KilometresPerHour = "kilometer per uur",
        Plus = "plus",
        Hour = "uur",
        Date = "{0} {1} {2}",
        Months = "januari februari maart april mei juni juli augustus september oktober november december",
    };

    private static readonly LanguageWords Unknown = new();

    /// <summary>False: nothing is known of the language, digits and signs are left as they are.</summary>
    internal bool Known { get; private init; }

    /// <summary>1.299,50 rather than 1,299.50.</summary>
    internal bool DecimalComma { get; private init; }

    internal string Percent { get; private init; } = "";

    internal string Euro { get; private init; } = "";

    internal string Euros { get; private init; } = "";

    internal string Dollar { get; private init; } = "";

    internal string Dollars { get; private init; } = "";

    internal string Pound { get; private init; } = "";

    internal string Pounds { get; private init; } = "";

    /// <summary>Between the ends of a range.</summary>
    internal string To { get; private init; } = "";

    internal string Dot { get; private init; } = "";

    internal string At { get; private init; } = "";

    internal string Slash { get; private init; } = "";

    internal string And { get; private init; } = "";

    internal string Minus { get; private init; } = "";

    internal string Celsius { get; private init; } = "";

    internal string KilometresPerHour { get; private init; } = "";

    internal string Plus { get; private init; } = "";

    /// <summary>Between hours and minutes.</summary>
    internal string Hour { get; private init; } = "";

    /// <summary>Day {0}, month name {1} and year {2} in their places.</summary>
    internal string Date { get; private init; } = "";

    /// <summary>Twelve names, apart by blanks.</summary>
    internal string Months { get; private init; } = "";

    internal static LanguageWords Of(string primary) => primary switch
    {
        "de" => German,
        "fr" => French,
        "es" => Spanish,
        "it" => Italian,
        "pt" => Portuguese,
        "nl" => Dutch,
        _ => Unknown,
    };
}
