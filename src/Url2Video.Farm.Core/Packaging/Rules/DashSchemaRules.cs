using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>Rule 15: a manifest against the table of its elements and attributes.</summary>
internal sealed partial class DashSchemaRules(LintContext context, string path)
{
    /// <param name="root">Not deeper than <see cref="Limits.LintXmlDepthMax"/>.</param>
    public void Check(XElement root)
    {
        // Of some only the place is known: titles, events, what clients measure.
        if (DashSchema.Of(root.Name.LocalName) is not { } known)
        {
            return;
        }

        CheckAttributes(root, known);
        CheckOrder(root, known);
        foreach (var child in root.Elements().Where(e => e.Name.Namespace == DashNames.Mpd && known.PlaceOf(e.Name.LocalName) >= 0))
        {
            Check(child);
        }
    }

    private void CheckAttributes(XElement element, DashElement known)
    {
        foreach (var (name, (_, isRequired)) in known.Attributes)
        {
            if (isRequired && element.Attribute(name) is null)
            {
                context.Report(LintRules.Schema, path, $"has {Named(element)} without {name}");
            }
        }

        foreach (var attribute in element.Attributes().Where(a => !a.IsNamespaceDeclaration && a.Name.Namespace == XNamespace.None))
        {
            var name = attribute.Name.LocalName;
            if (!known.Attributes.TryGetValue(name, out var wanted))
            {
                context.Report(LintRules.Unknown, path, $"has the attribute {DashNames.Cut(name)} at {Named(element)}");
            }
            else if (!IsOf(wanted.Type, attribute.Value))
            {
                context.Report(LintRules.Schema, path, $"has {name}=\"{DashNames.Cut(attribute.Value)}\" at {Named(element)}", wanted.Type);
            }
        }
    }

    private void CheckOrder(XElement element, DashElement known)
    {
        var (before, counts) = (-1, new int[known.Order.Length]);
        foreach (var child in element.Elements().Where(e => e.Name.Namespace == DashNames.Mpd))
        {
            var place = known.PlaceOf(child.Name.LocalName);
            if (place < 0)
            {
                context.Report(LintRules.Unknown, path, $"has {Named(child)} in {Named(element)}");
                continue;
            }

            counts[place]++;
            if (place < before)
            {
                context.Report(LintRules.Schema, path, $"has {Named(child)} after {known.Order[before].Name}", $"{string.Join(", ", known.Order.Select(o => o.Name))}");
            }

            before = Math.Max(before, place);
        }

        for (var place = 0; place < counts.Length; place++)
        {
            var (name, many) = known.Order[place];
            if (many == '+' && counts[place] == 0 || many == '?' && counts[place] > 1)
            {
                context.Report(LintRules.Schema, path, $"has {counts[place]} {name} in {Named(element)}", many == '+' ? "one or more" : "at most one");
            }
        }
    }

    private static bool IsOf(string type, string value)
    {
        var text = value.Trim();
        return type switch
        {
            "text" => true,
            "word" => !value.Any(char.IsWhiteSpace),
            "uint" => IsUint(text),
            "int" => text.Length <= 20 && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
            "uints" => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).All(IsUint),
            "bool" => IsBool(text),
            "boolOrUint" => IsBool(text) || IsUint(text),
            "real" => text is "INF" or "-INF" or "NaN" || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
            "sap" => text is ['0' or '1' or '2' or '3' or '4' or '5' or '6'],
            "ratio" => Ratio().IsMatch(text),
            "rate" => Rate().IsMatch(text),
            "duration" => Parses(() => XmlConvert.ToTimeSpan(text)),
            "time" => Parses(() => XmlConvert.ToDateTimeOffset(text)),
            _ => type.Split('|').Contains(text),
        };
    }

    private static bool IsUint(string text) => ulong.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    private static bool IsBool(string text) => text is "true" or "false" or "0" or "1";

    private static bool Parses<T>(Func<T> parse)
    {
        try
        {
            _ = parse();
            return true;
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            return false;
        }
    }

    private static string Named(XElement element) => DashNames.Cut(element.Name.LocalName) + (element is IXmlLineInfo { LineNumber: > 0 and var line } ? $" in line {line}" : "");

    [GeneratedRegex("^[0-9]*:[0-9]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Ratio();

    [GeneratedRegex("^[0-9]+(/[1-9][0-9]*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Rate();
}
