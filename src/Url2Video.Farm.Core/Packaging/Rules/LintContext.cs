using System.Runtime.InteropServices;
using System.Text;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>
/// The package that is judged, and what was found so far. A file is read only when the folder's own list has it. A look at a file costs, also
/// at the one that is at hand: who names it again and again pays from a budget, as do its boxes and its samples.
/// </summary>
/// <param name="budget">What may be done for it.</param>
internal sealed class LintContext(PackageFiles files, LintBudget budget)
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly FindingLog _log = new();
    private readonly Dictionary<string, int> _reads = [];
    private readonly Dictionary<(string Before, string After), int> _numbered = [];
    private readonly HashSet<string> _paths = files.Paths as HashSet<string> ?? [.. files.Paths];

    private (string Path, ReadOnlyMemory<byte> Bytes) _last = ("", default);
    private long _textBytes;
    private long _lines;
    private long _names;
    private int _manifests;

    public IReadOnlySet<string> Paths => _paths;

    public LintBudget Budget => budget;

    /// <summary>How many files have a number, and nothing else, between these two parts of their paths. Walked once for the same parts: every manifest asks.</summary>
    public int CountNumbered(string before, string after)
    {
        if (!_numbered.TryGetValue((before, after), out var count))
        {
            count = _paths.Count(p => p.Length > before.Length + after.Length && p.StartsWith(before, StringComparison.Ordinal) && p.EndsWith(after, StringComparison.Ordinal)
                && p.AsSpan(before.Length, p.Length - before.Length - after.Length).IndexOfAnyExceptInRange('0', '9') < 0);
            _numbered[(before, after)] = count;
        }

        return count;
    }

    public LintReport Report(IEnumerable<LintTrack> tracks) => _log.Report(tracks);

    public void Require(bool isTrue, LintRule rule, string path, string what, string? expected = null)
    {
        if (!isTrue)
        {
            _log.Add(rule, path, what, expected);
        }
    }

    public void Report(LintRule rule, string path, string what, string? expected = null) => _log.Add(rule, path, what, expected);

    /// <summary>Whether a count is within a bound; reported when it is not.</summary>
    public bool IsWithin(long count, long most, string path, string what)
    {
        Require(count <= most, LintRules.TooMuch, path, $"has {count} {what}", $"at most {most}");
        return count <= most;
    }

    /// <summary>One more master playlist or manifest; false, and reported, when there were enough.</summary>
    public bool TakesManifest(string path) => IsWithin(++_manifests, Limits.LintManifestsMax, path, "master playlists and manifests before it");

    /// <summary>So many lines of playlists more; false, and reported, when there were enough.</summary>
    public bool TakesLines(string path, int count) => IsWithin(_lines += count, Limits.LintLinesMax, path, "lines with the playlists before it");

    /// <summary>Whether so many names more will be looked for; reported when not. Asked before a template is written out.</summary>
    public bool HasRoomFor(string path, long names) => IsWithin(_names + names, Limits.LintNamesMax, path, "names of files, with those before it");

    /// <summary>The path of a file that another names; null, and reported, when it is not in the package.</summary>
    public string? Find(string from, string uri)
    {
        if (uri.Length > Limits.LintNameCharsMax || ++_names > Limits.LintNamesMax)
        {
            var isLong = uri.Length > Limits.LintNameCharsMax;
            Report(LintRules.TooMuch, from, isLong ? $"names a file by {uri.Length} characters" : "names more files than are looked for", $"at most {(isLong ? Limits.LintNameCharsMax : Limits.LintNamesMax)}");
            return null;
        }

        if (uri.StartsWith('/') || uri.Contains(':', StringComparison.Ordinal) || uri.Contains('\\', StringComparison.Ordinal))
        {
            Report(LintRules.Absolute, from, $"names {uri}", "a name relative to the file");
            return null;
        }

        if (uri.Contains("{$", StringComparison.Ordinal))
        {
            Report(LintRules.NotJudged, from, $"names {uri}, which has a variable", "a name as it is");
            return null;
        }

        if (HlsText.Resolve(from, Uri.UnescapeDataString(uri.Split('?', '#')[0])) is not { } path)
        {
            Report(LintRules.Escape, from, $"names {uri}, which lies outside of the package", "a file of the package");
            return null;
        }

        return FindPath(from, path);
    }

    /// <summary>A file of the package by its own path; null, and reported, when it is not there. The words are the folder's own: a million names of a file are one.</summary>
    public string? FindPath(string from, string path)
    {
        if (_paths.TryGetValue(path, out var known))
        {
            return known;
        }

        Report(LintRules.Missing, path, $"is named by {from}, but does not exist", "a file");
        return null;
    }

    /// <summary>A file of which a head or a range is looked at: that costs nothing while it is at hand.</summary>
    public ReadOnlyMemory<byte>? ReadPart(string path) => path == _last.Path ? _last.Bytes : Read(path);

    /// <summary>A file that is looked at whole; null, and reported, when it cannot be read, or was named too often.</summary>
    public ReadOnlyMemory<byte>? Read(string path)
    {
        ref var reads = ref CollectionsMarshal.GetValueRefOrAddDefault(_reads, path, out _);
        try
        {
            var isAgain = ++reads > Limits.LintReadsPerFileMax;
            if (isAgain && !budget.HasRoomForMore)
            {
                Report(LintRules.TooMuch, path, "is named again and again", $"files that {Limits.LintReadsPerFileMax} lists name, and few that are named more often");
                return null;
            }

            _last = path == _last.Path ? _last : (path, files.Read(path));
            if (isAgain)
            {
                budget.TakeAgain(_last.Bytes.Length);
            }

            return _last.Bytes;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Report(LintRules.Unreadable, path, e.Message);
            return null;
        }
    }

    /// <summary>A playlist or a manifest; null, and reported, when it cannot be read.</summary>
    public string? Text(string path)
    {
        if (Read(path) is not { } bytes || !IsWithin(bytes.Length, Limits.LintManifestBytesMax, path, "bytes")
            || !IsWithin(_textBytes += bytes.Length, Limits.LintTextBytesMax, path, "bytes with the playlists and manifests before it"))
        {
            return null;
        }

        try
        {
            var text = s_strict.GetString(bytes.Span);
            Require(!text.StartsWith('\uFEFF'), LintRules.Utf8, path, "starts with a byte order mark");
            return text.TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            Report(LintRules.Utf8, path, "is not UTF-8");
            return null;
        }
    }
}
