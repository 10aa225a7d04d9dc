using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>The package that is judged, and what was found so far. A file is read only when the folder's own list has it.</summary>
internal sealed class LintContext(PackageFiles files)
{
    private const int WordsMax = 240;
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly HashSet<RuleViolation> _known = [];
    private readonly ImmutableArray<RuleViolation>.Builder _found = ImmutableArray.CreateBuilder<RuleViolation>();

    private long _textBytes;

    public IReadOnlySet<string> Paths => files.Paths;

    public ImmutableArray<RuleViolation> Found => _found.ToImmutable();

    public void Require(bool isTrue, LintRule rule, string path, string what, string? expected = null)
    {
        if (!isTrue && _found.Count < Limits.LintFindingsMax)
        {
            var violation = new RuleViolation(rule, Clean(path), Clean(what), Clean(expected ?? rule.Title));
            if (_known.Add(violation))
            {
                _found.Add(violation);
            }
        }
    }

    public void Report(LintRule rule, string path, string what, string? expected = null) => Require(false, rule, path, what, expected);

    /// <summary>The path of a file that another names; null, and reported, when it is not in the package.</summary>
    public string? Find(string from, string uri)
    {
        if (uri.StartsWith('/') || uri.Contains(':', StringComparison.Ordinal) || uri.Contains('\\', StringComparison.Ordinal))
        {
            Report(LintRules.Absolute, from, $"names {uri}", "a name relative to the file");
            return null;
        }

        if (HlsText.Resolve(from, Uri.UnescapeDataString(uri.Split('?', '#')[0])) is not { } path)
        {
            Report(LintRules.Escape, from, $"names {uri}, which lies outside of the package", "a file of the package");
            return null;
        }

        Require(files.Paths.Contains(path), LintRules.Missing, path, $"is named by {from}, but does not exist", "a file");
        return files.Paths.Contains(path) ? path : null;
    }

    /// <summary>Null, and reported, when the file cannot be read.</summary>
    public ReadOnlyMemory<byte>? Read(string path)
    {
        try
        {
            return files.Read(path);
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
        if (Read(path) is not { } bytes)
        {
            return null;
        }

        if (bytes.Length > Limits.LintManifestBytesMax)
        {
            Report(LintRules.Unreadable, path, $"has {bytes.Length} bytes", $"at most {Limits.LintManifestBytesMax} bytes");
            return null;
        }

        _textBytes += bytes.Length;
        if (_textBytes > Limits.LintTextBytesMax)
        {
            Report(LintRules.Unreadable, path, "is one playlist too many to be kept", $"at most {Limits.LintTextBytesMax} bytes of playlists and manifests");
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

    // Names come from strangers: nothing of them may steer a terminal or fill a screen.
    private static string Clean(string text)
    {
        var words = text.Length > WordsMax ? string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, WordsMax)}... ({text.Length} characters)") : text;
        return string.Create(words.Length, words, (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(from[i]) || char.IsSurrogate(from[i]) ? '?' : from[i];
            }
        });
    }
}
