using System.Xml.Linq;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>
/// A representation with all that it inherits: addresses from the whole manifest, templates from its period and set, the rest from its set. What
/// its names are made of is looked up once: it may have two hundred thousand.
/// </summary>
internal sealed class DashRepresentation
{
    private readonly DashLevel[] _levels;
    private readonly XElement _self;
    private readonly XElement _set;
    private readonly XElement[] _templates;

    public DashRepresentation(DashLevel manifest, DashLevel period, DashLevel set, DashLevel self)
    {
        (_levels, _self, _set) = ([manifest, period, set, self], self.Element, set.Element);
        _templates = [.. new[] { self.Template, set.Template, period.Template }.OfType<XElement>()];
        (Id, Bandwidth) = (DashNames.Text(_self, "id"), DashNames.Number(_self, "bandwidth"));
        (Media, Initialization) = (TemplateText("media"), TemplateText("initialization"));
        (Timescale, FirstNumber, TimeOffset) = (Math.Min(TemplateNumber("timescale", 1), uint.MaxValue), TemplateNumber("startNumber", 1), TemplateNumber("presentationTimeOffset", 0));
        Timeline = self.Timeline ?? set.Timeline ?? period.Timeline;
        HasListOrBase = self.HasListOrBase || set.HasListOrBase || period.HasListOrBase;
        HasBaseUrl = self.BaseUrl is not null;
    }

    public string Id { get; }

    public long Bandwidth { get; }

    /// <summary>Templates of the names; empty where there is none.</summary>
    public string Media { get; }

    public string Initialization { get; }

    /// <summary>Ticks a second of the template: 1 where nothing is said; no more than a file can have.</summary>
    public long Timescale { get; }

    public long FirstNumber { get; }

    /// <summary>Ticks of the media at which the period starts.</summary>
    public long TimeOffset { get; }

    public bool HasTemplate => _templates.Length > 0;

    /// <summary>Addressed by a list, or by one file with an index.</summary>
    public bool HasListOrBase { get; }

    public bool HasBaseUrl { get; }

    /// <summary>Of the lowest template that has one.</summary>
    public XElement? Timeline { get; }

    public bool IsImage => Text("mimeType").StartsWith("image/", StringComparison.Ordinal) || DashNames.Text(_set, "contentType") == "image";

    /// <summary>Subtitles, in files of their own or in MP4.</summary>
    public bool IsText => Text("mimeType").StartsWith("text/", StringComparison.Ordinal) || Text("mimeType").StartsWith("application/", StringComparison.Ordinal) || DashNames.Text(_set, "contentType") == "text";

    /// <summary>An attribute of the representation or its set; empty when neither has it.</summary>
    public string Text(string attribute) => DashNames.Text(_self.Attribute(attribute) is null ? _set : _self, attribute);

    /// <summary>An attribute of the lowest template that has it; empty when none has.</summary>
    public string TemplateText(string attribute) => DashNames.Text(_templates.FirstOrDefault(t => t.Attribute(attribute) is not null), attribute);

    public long TemplateNumber(string attribute, long fallback) =>
        DashNames.Number(_templates.FirstOrDefault(t => t.Attribute(attribute) is not null), attribute, fallback);

    /// <summary>A descriptor's value by its scheme, of the representation or its set; null when there is none.</summary>
    public string? Descriptor(string element, string scheme) => new[] { _self, _set }
        .SelectMany(e => e.Elements(DashNames.Mpd + element))
        .FirstOrDefault(e => DashNames.Text(e, "schemeIdUri") == scheme) is { } found ? DashNames.Text(found, "value") : null;

    /// <summary>What names are relative to: the manifest's path, or below the first BaseURL of every level. Null, and reported, when that is elsewhere.</summary>
    public string? BaseOf(LintContext context, string path)
    {
        var from = path;
        foreach (var url in _levels.Select(l => l.BaseUrl).OfType<string>())
        {
            if (url.StartsWith('/') || url.Contains(':', StringComparison.Ordinal) || url.Length > Limits.LintNameCharsMax)
            {
                context.Report(LintRules.Absolute, path, $"has the BaseURL {DashNames.Cut(url)}", "a name relative to the manifest");
                return null;
            }

            var plain = Uri.UnescapeDataString(url.Split('?', '#')[0]);
            if (HlsText.Resolve(from, plain) is not { } next)
            {
                context.Report(LintRules.Escape, path, $"has the BaseURL {DashNames.Cut(url)}, which lies outside of the package", "a folder of the package");
                return null;
            }

            // What ends as a folder is one: the next name lies in it, not beside it.
            from = plain.Length == 0 ? from : plain[^1] == '/' || plain.Split('/')[^1] is "." or ".." ? (next.Length == 0 ? "" : next + "/") : next;
        }

        return from;
    }
}
