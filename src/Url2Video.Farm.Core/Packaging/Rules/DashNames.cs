using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>The words of a manifest, and its attributes as what they mean.</summary>
internal static class DashNames
{
    public static readonly XNamespace Mpd = "urn:mpeg:dash:schema:mpd:2011";

    /// <summary>Cut off where no attribute is longer: it will stand in findings, again and again.</summary>
    public static string Text(XElement? element, string attribute) => element?.Attribute(attribute)?.Value is { } text ? Cut(text) : "";

    public static string Cut(string text) => text.Length <= Limits.LintNameCharsMax + 1 ? text : text[..(Limits.LintNameCharsMax + 1)];

    /// <summary>A whole number; the fallback where the attribute is missing, and -1 where it is none.</summary>
    public static long Number(XElement? element, string attribute, long fallback = -1) =>
        element?.Attribute(attribute)?.Value is not { } text ? fallback
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    /// <summary>A duration in seconds; -1 where it is missing or cannot be meant.</summary>
    public static decimal Seconds(XElement element, string attribute)
    {
        try
        {
            return element.Attribute(attribute) is { } text ? (decimal)XmlConvert.ToTimeSpan(text.Value).Ticks / TimeSpan.TicksPerSecond : -1;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return -1;
        }
    }
}
