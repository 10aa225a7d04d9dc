namespace Url2Video.Farm.Media.Speech.Normalising;

/// <summary>The few words that a language needs around digits; the engine reads the digits themselves.</summary>
/// <param name="DecimalComma">1.299,50 rather than 1,299.50.</param>
/// <param name="Hour">Between hours and minutes.</param>
/// <param name="Date">Day, month name and year in their places.</param>
/// <param name="Months">Twelve names, apart by blanks.</param>
/// <param name="Known">False: nothing is known of the language, digits and signs are left as they are.</param>
internal sealed record LanguageWords(
    bool Known,
    bool DecimalComma,
    string Percent,
    string Euro,
    string Euros,
    string Dollar,
    string Dollars,
    string Pound,
    string Pounds,
    string Cents,
    string To,
    string Dot,
    string At,
    string Slash,
    string And,
    string Minus,
    string Celsius,
    string KilometresPerHour,
    string Plus,
    string Hour,
    string Date,
    string Months)
{
    private static readonly LanguageWords German = new(
        true, true, "Prozent", "Euro", "Euro", "Dollar", "Dollar", "Pfund", "Pfund", "Cent", "bis", "Punkt", "ät", "Schrägstrich", "und", "minus", "Grad Celsius", "Kilometer pro Stunde", "plus", "Uhr",
        "{0}. {1} {2}", "Januar Februar März April Mai Juni Juli August September Oktober November Dezember");

    private static readonly LanguageWords French = new(
        true, true, "pour cent", "euro", "euros", "dollar", "dollars", "livre", "livres", "centimes", "à", "point", "arobase", "barre", "et", "moins", "degrés Celsius", "kilomètres par heure", "plus", "heures",
        "{0} {1} {2}", "janvier février mars avril mai juin juillet août septembre octobre novembre décembre");

    private static readonly LanguageWords Spanish = new(
        true, true, "por ciento", "euro", "euros", "dólar", "dólares", "libra", "libras", "céntimos", "a", "punto", "arroba", "barra", "y", "menos", "grados Celsius", "kilómetros por hora", "más", "y",
        "{0} de {1} de {2}", "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre");

    private static readonly LanguageWords Italian = new(
        true, true, "per cento", "euro", "euro", "dollaro", "dollari", "sterlina", "sterline", "centesimi", "a", "punto", "chiocciola", "barra", "e", "meno", "gradi Celsius", "chilometri all'ora", "più", "e",
        "{0} {1} {2}", "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre");

    private static readonly LanguageWords Portuguese = new(
        true, true, "por cento", "euro", "euros", "dólar", "dólares", "libra", "libras", "cêntimos", "a", "ponto", "arroba", "barra", "e", "menos", "graus Celsius", "quilômetros por hora", "mais", "e",
        "{0} de {1} de {2}", "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro");

    private static readonly LanguageWords Dutch = new(
        true, true, "procent", "euro", "euro", "dollar", "dollar", "pond", "pond", "cent", "tot", "punt", "apenstaartje", "slash", "en", "min", "graden Celsius", "kilometer per uur", "plus", "uur",
        "{0} {1} {2}", "januari februari maart april mei juni juli augustus september oktober november december");

    private static readonly LanguageWords Unknown = new(
        false, false, "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "");

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
