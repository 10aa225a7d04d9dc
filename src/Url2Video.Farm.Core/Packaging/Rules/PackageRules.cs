using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;
using Url2Video.Farm.Core.Quality;

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
    /// <summary>What is wrong; notes left out.</summary>
    public static ImmutableArray<RuleViolation> Check(PackageFiles files) => [.. Lint(files).Where(v => v.Law.Severity > Severity.Info)];

    /// <summary>Everything there is to say of a package; of one manifest of it when <paramref name="only"/> names one.</summary>
    public static ImmutableArray<RuleViolation> Lint(PackageFiles files, string? only = null)
    {
        var context = new LintContext(files);
        var tracks = new TrackRules(context);
        var manifests = files.Paths.Where(p => only is null ? IsManifest(p) : p == only).Order(StringComparer.Ordinal).ToList();
        context.Require(manifests.Count > 0, LintRules.Empty, only ?? ".", "has neither an .m3u8 nor an .mpd");
        new HlsRules(context, tracks).Check([.. manifests.Where(IsPlaylist)]);
        foreach (var path in manifests.Where(p => !IsPlaylist(p)))
        {
            CheckDash(context, tracks, path);
        }

        return context.Found;
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
            using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            new DashRules(context, tracks, path).Check(XDocument.Load(reader));
        }
        catch (XmlException e)
        {
            context.Report(LintRules.Xml, path, e.Message);
        }
    }
}
