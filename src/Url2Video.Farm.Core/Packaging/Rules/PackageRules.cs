using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>The files of a package by their path, with forward slashes; read one at a time, as films are large.</summary>
/// <param name="Read">Throws <see cref="InvalidDataException"/> or <see cref="IOException"/> for a file that cannot be had.</param>
public sealed record PackageFiles(IReadOnlySet<string> Paths, Func<string, ReadOnlyMemory<byte>> Read);

/// <summary>
/// Reads a package, ours or a stranger's, and reports what HLS (RFC 8216, Apple's authoring rules), DASH (ISO/IEC 23009-1)
/// or CMAF (ISO/IEC 23000-19) forbids. It shares no code with the writers but the readers of single records.
/// </summary>
public static class PackageRules
{
    // What a package does not offer, and what could not be looked at; all other notes are of what it does offer.
    private static readonly string[] s_remarks = [LintRules.IFrames.Id, LintRules.ManyRates.Id, LintRules.NotJudged.Id, LintRules.Spread.Id];

    /// <summary>What is wrong with a package of the farm: also what is only noted of others, but for what it does not offer.</summary>
    public static ImmutableArray<RuleViolation> Check(PackageFiles files) => [.. Lint(files).Findings.Where(v => !s_remarks.Contains(v.Law.Id))];

    /// <summary>Everything there is to say of a package; of one manifest of it when <paramref name="only"/> names one.</summary>
    public static LintReport Lint(PackageFiles files, string? only = null) => Lint(files, only, new LintBudget());

    internal static LintReport Lint(PackageFiles files, string? only, LintBudget budget)
    {
        var context = new LintContext(files, budget);
        var tracks = new TrackRules(context);
        var manifests = files.Paths.Where(p => only is null ? IsManifest(p) : p == only).Order(StringComparer.Ordinal).ToList();
        context.Require(manifests.Count > 0, LintRules.Empty, only ?? ".", "has neither an .m3u8 nor an .mpd");
        new HlsRules(context, tracks).Check([.. manifests.Where(IsPlaylist)]);
        foreach (var path in manifests.Where(p => !IsPlaylist(p) && context.TakesManifest(p)))
        {
            CheckDash(context, tracks, path);
        }

        return context.Report(tracks.Pictures());
    }

    /// <summary>Whether the name is that of a playlist or a manifest.</summary>
    public static bool IsManifest(string path) => IsPlaylist(path) || path.EndsWith(".mpd", StringComparison.OrdinalIgnoreCase);

    private static bool IsPlaylist(string path) => path.EndsWith(".m3u8", StringComparison.OrdinalIgnoreCase);

    private static void CheckDash(LintContext context, TrackRules tracks, string path)
    {
        if (context.Text(path) is not { } text)
        {
            return;
        }

        try
        {
            if (IsInBounds(context, path, text))
            {
                using var reader = Open(text);
                new DashRules(context, tracks, path).Check(XDocument.Load(reader, LoadOptions.SetLineInfo));
            }
        }
        catch (XmlException e)
        {
            context.Report(LintRules.Xml, path, e.Message);
        }
    }

    // Walked before it is kept: a manifest of a few bytes an element would be a hundred times as large as a tree.
    private static bool IsInBounds(LintContext context, string path, string text)
    {
        using var reader = Open(text);
        var nodes = 0L;
        while (reader.Read())
        {
            nodes += reader.NodeType == XmlNodeType.EndElement ? 0 : 1 + reader.AttributeCount;
            if (nodes > Limits.LintXmlNodesMax || reader.Depth > Limits.LintXmlDepthMax || reader.AttributeCount > Limits.LintXmlAttributesMax)
            {
                context.Report(LintRules.TooMuch, path, "has more elements, deeper ones or more attributes than any manifest", $"at most {Limits.LintXmlNodesMax}, {Limits.LintXmlDepthMax} deep, {Limits.LintXmlAttributesMax} at one");
                return false;
            }
        }

        return true;
    }

    private static XmlReader Open(string text) => XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
}
