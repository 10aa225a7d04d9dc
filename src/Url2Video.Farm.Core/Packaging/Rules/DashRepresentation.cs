using System.Xml.Linq;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>A representation with all that it inherits: addresses from the whole manifest, templates from its period and set, the rest from its set.</summary>
internal sealed class DashRepresentation(XElement manifest, XElement period, XElement set, XElement self)
{
    public string Id { get; } = DashNames.Text(self, "id");

    public long Bandwidth { get; } = DashNames.Number(self, "bandwidth");

    /// <summary>Ticks a second of the template: 1 where nothing is said.</summary>
    public long Timescale => TemplateNumber("timescale", 1);

    public long FirstNumber => TemplateNumber("startNumber", 1);

    /// <summary>Ticks of the media at which the period starts.</summary>
    public long TimeOffset => TemplateNumber("presentationTimeOffset", 0);

    public bool HasTemplate => Templates.Any();

    /// <summary>Addressed by a list, or by one file with an index.</summary>
    public bool HasListOrBase => new[] { self, set, period }.Any(e => e.Element(DashNames.Mpd + "SegmentList") is not null || e.Element(DashNames.Mpd + "SegmentBase") is not null);

    public bool HasBaseUrl => self.Element(DashNames.Mpd + "BaseURL") is not null;

    /// <summary>Of the lowest template that has one.</summary>
    public XElement? Timeline => Templates.Select(t => t.Element(DashNames.Mpd + "SegmentTimeline")).FirstOrDefault(t => t is not null);

    private IEnumerable<XElement> Templates => new[] { self, set, period }.Select(e => e.Element(DashNames.Mpd + "SegmentTemplate")).OfType<XElement>();

    /// <summary>An attribute of the representation or its set; empty when neither has it.</summary>
    public string Text(string attribute) => DashNames.Text(self.Attribute(attribute) is null ? set : self, attribute);

    public bool IsImage => Text("mimeType").StartsWith("image/", StringComparison.Ordinal) || DashNames.Text(set, "contentType") == "image";

    /// <summary>An attribute of the lowest template that has it; empty when none has.</summary>
    public string TemplateText(string attribute) => DashNames.Text(Templates.FirstOrDefault(t => t.Attribute(attribute) is not null), attribute);

    public long TemplateNumber(string attribute, long fallback) =>
        DashNames.Number(Templates.FirstOrDefault(t => t.Attribute(attribute) is not null), attribute, fallback);

    /// <summary>A descriptor's value by its scheme, of the representation or its set; null when there is none.</summary>
    public string? Descriptor(string element, string scheme) => new[] { self, set }
        .SelectMany(e => e.Elements(DashNames.Mpd + element))
        .FirstOrDefault(e => DashNames.Text(e, "schemeIdUri") == scheme) is { } found ? DashNames.Text(found, "value") : null;

    /// <summary>What names are relative to: the manifest's path, or below the first BaseURL of every level. Null, and reported, when that is elsewhere.</summary>
    public string? BaseOf(LintContext context, string path)
    {
        var from = path;
        foreach (var url in new[] { manifest, period, set, self }.Select(e => e.Element(DashNames.Mpd + "BaseURL")?.Value.Trim()).OfType<string>())
        {
            if (url.StartsWith('/') || url.Contains(':', StringComparison.Ordinal) || url.Length > Limits.LintNameCharsMax)
            {
                context.Report(LintRules.Absolute, path, $"has the BaseURL {DashNames.Cut(url)}", "a name relative to the manifest");
                return null;
            }

            var plain = Uri.UnescapeDataString(url.Split('?', '#')[0]);
            if (HlsText.Resolve(from, plain) is not { } next)
            {
                context.Report(LintRules.Escape, path, $"has the BaseURL {url}, which lies outside of the package", "a folder of the package");
                return null;
            }

            // What ends as a folder is one: the next name lies in it, not beside it.
            from = plain.Length == 0 ? from : plain[^1] == '/' || plain.Split('/')[^1] is "." or ".." ? (next.Length == 0 ? "" : next + "/") : next;
        }

        return from;
    }
}
