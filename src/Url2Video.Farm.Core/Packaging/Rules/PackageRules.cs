using System.Collections.Immutable;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>The files of a package by their path in <see cref="PackageLayout"/>; read one at a time, as films are large.</summary>
public sealed record PackageFiles(IReadOnlySet<string> Paths, Func<string, ReadOnlyMemory<byte>> Read)
{
    internal string Text(string path) => Encoding.UTF8.GetString(Read(path).Span);
}

/// <param name="Rule">Number in the farm's list of packaging rules; see <see cref="PackageRules"/>.</param>
public sealed record RuleViolation(int Rule, string Path, string What)
{
    public override string ToString() => $"rule {Rule}, {Path}: {What}";
}

/// <summary>
/// Reads a finished package as a stranger would and reports what HLS (RFC 8216, Apple's authoring rules), DASH
/// (ISO/IEC 23009-1) or CMAF (ISO/IEC 23000-19) forbids. It shares no code with the writers but the box reader.
/// </summary>
/// <remarks>
/// Numbers: 1 playlist basics, 2 equal targets and lengths, 3 EXTINF against real durations, 4 EVENT/VOD, 5 master
/// attributes against the bytes, 6 bit rates, 7 independent segments, 8 decoding times, 9 media attributes, 10 captions,
/// 12 H.264 level, 16 DASH timeline, 17 DASH duration, buffer and attributes, 19 alignment flags, 20 CMAF structure,
/// 21 no parameter sets in band, 22 tfdt range, 24 nothing named that is missing.
/// </remarks>
public static class PackageRules
{
    public static ImmutableArray<RuleViolation> Check(PackageFiles files)
    {
        var found = ImmutableArray.CreateBuilder<RuleViolation>();
        var tracks = new TrackRules(files, found);
        if (files.Paths.Contains(PackageLayout.HlsMaster))
        {
            new HlsRules(files, tracks, found).Check();
        }

        if (files.Paths.Contains(PackageLayout.DashManifest))
        {
            try
            {
                using var reader = XmlReader.Create(new StringReader(files.Text(PackageLayout.DashManifest)));
                new DashRules(files, tracks, found).Check(XDocument.Load(reader));
            }
            catch (XmlException e)
            {
                found.Add(new RuleViolation(15, PackageLayout.DashManifest, e.Message));
            }
        }

        return found.ToImmutable();
    }
}
