using System.Text.RegularExpressions;

namespace Url2Video.Farm.Media.Speech.Normalising;

/// <summary>A number with its unit: <c>5 kg</c>, <c>20 km/h</c>, <c>−5 °C</c>, <c>16 GB</c>, <c>10-15%</c>. Pure.</summary>
internal static partial class EnglishUnits
{
    /// <summary>Singular; the plural adds an s to the first word unless it is given after a bar.</summary>
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["kg"] = "kilogram", ["g"] = "gram", ["mg"] = "milligram", ["µg"] = "microgram", ["t"] = "tonne", ["lb"] = "pound", ["lbs"] = "pound", ["oz"] = "ounce",
        ["km"] = "kilometer", ["m"] = "meter", ["cm"] = "centimeter", ["mm"] = "millimeter", ["µm"] = "micrometer", ["nm"] = "nanometer",
        ["mi"] = "mile", ["ft"] = "foot|feet", ["yd"] = "yard", ["m²"] = "square meter", ["m2"] = "square meter", ["km²"] = "square kilometer",
        ["m³"] = "cubic meter", ["sq ft"] = "square foot|square feet",
        ["km/h"] = "kilometer per hour", ["kph"] = "kilometer per hour", ["mph"] = "mile per hour", ["m/s"] = "meter per second", ["mpg"] = "mile per gallon",
        ["°C"] = "degree Celsius", ["°F"] = "degree Fahrenheit", ["°"] = "degree", ["ºC"] = "degree Celsius",
        ["KB"] = "kilobyte", ["kB"] = "kilobyte", ["MB"] = "megabyte", ["GB"] = "gigabyte", ["TB"] = "terabyte", ["PB"] = "petabyte",
        ["kbps"] = "kilobit per second", ["Mbps"] = "megabit per second", ["Gbps"] = "gigabit per second", ["MB/s"] = "megabyte per second", ["GB/s"] = "gigabyte per second",
        ["Hz"] = "hertz|hertz", ["kHz"] = "kilohertz|kilohertz", ["MHz"] = "megahertz|megahertz", ["GHz"] = "gigahertz|gigahertz",
        ["W"] = "watt", ["kW"] = "kilowatt", ["MW"] = "megawatt", ["Wh"] = "watt hour|watt hours", ["kWh"] = "kilowatt hour|kilowatt hours",
        ["mAh"] = "milliamp hour|milliamp hours", ["V"] = "volt", ["mA"] = "milliamp", ["MP"] = "megapixel", ["px"] = "pixel", ["dpi"] = "dot per inch", ["fps"] = "frame per second",
        ["ms"] = "millisecond", ["s"] = "second", ["sec"] = "second", ["min"] = "minute", ["h"] = "hour", ["hr"] = "hour", ["hrs"] = "hour",
        ["L"] = "liter", ["l"] = "liter", ["ml"] = "milliliter", ["mL"] = "milliliter", ["gal"] = "gallon", ["cal"] = "calorie", ["kcal"] = "kilocalorie", ["kJ"] = "kilojoule",
        ["dB"] = "decibel", ["psi"] = "pound per square inch", ["bar"] = "bar", ["rpm"] = "revolution per minute", ["ppm"] = "part per million", ["hp"] = "horsepower|horsepower",
        ["Nm"] = "newton meter|newton meters",
        ["%"] = "percent|percent", ["x"] = "time", ["×"] = "time",
    };

    internal static Reading Read(string text, int at)
    {
        var match = Measured().Match(text, at);
        if (!match.Success)
        {
            return Reading.None;
        }

        var number = match.Groups["n"].Value;
        var minus = match.Groups["neg"].Success ? "minus " : "";
        var second = match.Groups["n2"];
        var amount = EnglishNumbers.Number(number) + (second.Success ? " to " + EnglishNumbers.Number(second.Value) : "");
        var one = !second.Success && (EnglishNumbers.IsOne(number) || EnglishGrammar.IsAttribute(text, at));
        return new Reading(match.Length, $"{minus}{amount} {Name(match.Groups["u"].Value, one)}");
    }

    private static string Name(string unit, bool one)
    {
        var name = Names[unit.Replace('\u00a0', ' ')];
        var bar = name.IndexOf('|', StringComparison.Ordinal);
        if (bar >= 0)
        {
            return one ? name[..bar] : name[(bar + 1)..];
        }

        if (one)
        {
            return name;
        }

        // "kilometers per hour" but "square meters".
        var per = name.IndexOf(" per ", StringComparison.Ordinal);
        return per >= 0 ? $"{name[..per]}s{name[per..]}" : name.StartsWith("degree ", StringComparison.Ordinal) ? "degrees" + name[6..] : name + "s";
    }

    private const string Number = @"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?|\d{1,15}(?:\.\d{1,6})?";

    [GeneratedRegex(
        @"\G(?<neg>[-−])?(?<n>" + Number + @")(?:\s?(?:%\s?)?[-–]\s?(?<n2>" + Number + @"))?(?:[\s\u00a0\u202f]|-(?=[a-zA-Z]))?(?<u>km/h|kph|mph|mpg|m/s|kWh|mAh|Wh|kbps|Mbps|Gbps|MB/s|GB/s|kHz|MHz|GHz|Hz|sq\sft|km²|m²|m³|m2|kcal|cal|kJ|kg|mg|µg|km|cm|mm|µm|nm|Nm|lbs?|oz|mi|ft|yd|°C|ºC|°F|KB|kB|MB|GB|TB|PB|kW|MW|MP|px|dpi|fps|ms|sec|min|hrs?|mL|ml|gal|dB|psi|bar|rpm|ppm|hp|mA|g|t|m|s|h|L|l|W|V|x|×)(?![\p{L}\d/²³'])"
        + @"|\G(?<neg>[-−])?(?<n>" + Number + @")(?:\s?(?:%\s?)?[-–]\s?(?<n2>" + Number + @"))?[\s\u00a0\u202f]?(?<u>[%°])(?![CF])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Measured();
}
