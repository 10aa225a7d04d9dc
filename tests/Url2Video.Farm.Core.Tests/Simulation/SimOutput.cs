using System.Globalization;
using Url2Video.Farm.Core.Packaging;

namespace Url2Video.Farm.Core.Tests.Simulation;

/// <summary>
/// The folder that players read, at any moment. It outlives every process, and it checks what a player relies on: a playlist names only
/// files that are there and never gets shorter, and the files of a rendition come in order.
/// </summary>
internal sealed class SimOutput
{
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _named = new(StringComparer.Ordinal);

    /// <summary>The highest term that has claimed the folder; see <see cref="Publishing.OutputClaim"/>.</summary>
    public long Claimed { get; private set; }

    public bool IsComplete { get; set; }

    public bool IsDelivered { get; set; }

    public void Claim(long term) => Claimed = Math.Max(Claimed, term);

    public void PutArtifact(string path, ArtifactId file, bool exists)
    {
        Require(exists, $"{path} is made of {file}, which does not exist");
        Require(!_files.TryGetValue(path, out var former) || former == file.Sha256, $"{path} was {former} and becomes {file}");
        _files[path] = file.Sha256;
        if (path.EndsWith(".m4s", StringComparison.Ordinal))
        {
            var index = int.Parse(Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture) - 1;
            Require(index == 0 || HasSegment(path.Split('/')[1], index - 1), $"{path} comes before the one ahead of it");
        }
    }

    public void PutText(string path, string text)
    {
        var named = Named(text, path.EndsWith(".vtt", StringComparison.Ordinal)).Select(uri => Path.GetFullPath("/" + Path.GetDirectoryName(path) + "/" + uri)[1..]).ToList();
        foreach (var file in named)
        {
            Require(_files.ContainsKey(file), $"{path} names {file}, which is not there");
        }

        var before = _named.GetValueOrDefault(path);
        Require(named.Count >= before, $"{path} named {before} files and now {named.Count}");
        _named[path] = named.Count;
        _files[path] = path;
    }

    public bool HasSegment(string rendition, int index) => _files.ContainsKey(PackageLayout.Segment(rendition, index));

    public bool Has(string path) => _files.ContainsKey(path);

    private static IEnumerable<string> Named(string playlist, bool isCues)
    {
        foreach (var line in playlist.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            const string Attribute = "URI=\"", Part = "#xywh=";
            var at = line.IndexOf(Attribute, StringComparison.Ordinal);
            if (isCues)
            {
                if (line.IndexOf(Part, StringComparison.Ordinal) is > 0 and var end)
                {
                    yield return line[..end];
                }
            }
            else if (line[0] != '#')
            {
                yield return line;
            }
            else if (at >= 0)
            {
                yield return line[(at + Attribute.Length)..line.IndexOf('"', at + Attribute.Length)];
            }
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ViolationException("output: " + otherwise);
        }
    }
}
