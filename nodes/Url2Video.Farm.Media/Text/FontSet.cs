using System.Collections.Immutable;
using System.Text;

namespace Url2Video.Farm.Media.Text;

/// <summary>A font by what it is, not by where it lies.</summary>
/// <param name="Name">For people.</param>
/// <param name="Sha256">Of the file, lower-case hexadecimal.</param>
public sealed record FontIdentity(string Name, string Sha256);

/// <summary>
/// The fonts a film may be set in, and the rule which one sets a character: the family asked for, then Noto Sans, then the family
/// made for the character's script, then everything else in the order of file names. May be shared by threads.
/// </summary>
public sealed class FontSet : IDisposable
{
    private const int FilesMax = 8_192;
    private readonly Lock _lock = new();
    private readonly ImmutableArray<FontFile> _files;
    private readonly Dictionary<(int Rune, bool IsBold, string Family, int CjkFace), FontFace?> _found = [];

    private FontSet(ImmutableArray<FontFile> files) => _files = files;

    /// <summary>Where Debian and its kin install fonts-dejavu-core and the fonts-noto packages.</summary>
    public static ImmutableArray<string> UsualDirectories { get; } =
        ["/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/truetype/noto", "/usr/share/fonts/opentype/noto"];

    /// <summary>Lists the fonts of some directories; those that are absent are passed over. Files are opened when needed.</summary>
    /// <exception cref="FontException">NoFonts when there is not one.</exception>
    public static FontSet Open(IEnumerable<string> directories)
    {
        var files = directories
            .Where(Directory.Exists)
            .SelectMany(d => Directory.EnumerateFiles(d))
            .Where(f => Path.GetExtension(f) is ".ttf" or ".otf" or ".ttc")
            .Take(FilesMax)
            .Select(f => new FontFile(f))
            .Where(f => f.Style is "Regular" or "Bold")
            .OrderBy(f => Rank(f.Family))
            .ThenBy(f => f.Family, StringComparer.Ordinal)
            .ThenBy(f => f.Style, StringComparer.Ordinal)
            .ToImmutableArray();
        return files.IsEmpty
            ? throw new FontException(FontErrorKind.NoFonts, "No font was found: install fonts-dejavu-core and fonts-noto-core.")
            : new FontSet(files);
    }

    /// <summary>True when the set has the family, named with or without spaces.</summary>
    public bool HasFamily(string family) => _files.Any(f => IsFamily(f, family));

    /// <summary>The fonts that some texts are set in, without doubles, in order of their hash: part of a job's key.</summary>
    public ImmutableArray<FontIdentity> Identify(string family, IEnumerable<string> texts)
    {
        var faces = new HashSet<FontFace>();
        foreach (var text in texts)
        {
            foreach (var rune in text.EnumerateRunes())
            {
                if (Find(rune, isBold: true, family, text) is { } bold)
                {
                    faces.Add(bold);
                }

                if (Find(rune, isBold: false, family, text) is { } regular)
                {
                    faces.Add(regular);
                }
            }
        }

        return [.. faces.Select(f => new FontIdentity(f.Name, f.File.Sha256)).Distinct().OrderBy(f => f.Sha256, StringComparer.Ordinal)];
    }

    public void Dispose()
    {
        foreach (var file in _files)
        {
            file.Dispose();
        }
    }

    /// <summary>The face that sets a character, or null when no font has it.</summary>
    /// <param name="text">The text around it: Chinese, Japanese and Korean share characters but not their forms.</param>
    internal FontFace? Find(Rune rune, bool isBold, string family, string text)
    {
        var cjkFace = Scripts.IsIdeographic(rune) || Scripts.IsHangul(rune) ? Scripts.CjkFace(text) : 0;
        lock (_lock)
        {
            var key = (rune.Value, isBold, family, cjkFace);
            if (!_found.TryGetValue(key, out var face))
            {
                face = Search(rune, isBold, family, cjkFace);
                _found[key] = face;
            }

            return face;
        }
    }

    private FontFace? Search(Rune rune, bool isBold, string family, int cjkFace)
    {
        var script = Scripts.FamilyFor(rune);
        return FirstWith(f => IsFamily(f, family))
            ?? FirstWith(f => f.Family == "NotoSans")
            ?? (script is null ? null : FirstWith(f => f.Family == script))
            ?? FirstWith(_ => true);

        FontFace? FirstWith(Func<FontFile, bool> isWanted)
        {
            // The weight asked for first; a family that has only the other weight still serves.
            var wanted = isBold ? "Bold" : "Regular";
            return First(f => isWanted(f) && f.Style == wanted) ?? First(f => isWanted(f) && f.Style != wanted);
        }

        FontFace? First(Func<FontFile, bool> isWanted)
        {
            foreach (var file in _files.Where(isWanted))
            {
                if (file.Face(cjkFace) is var face && face.Has(rune))
                {
                    return face;
                }
            }

            return null;
        }
    }

    private static bool IsFamily(FontFile file, string family) =>
        string.Equals(file.Family, family.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);

    // Plain sans faces first, so that a rare sign in a headline does not come in a serif or a typewriter's hand.
    private static int Rank(string family) =>
        family.Contains("Mono", StringComparison.Ordinal) || family.Contains("Display", StringComparison.Ordinal) ? 5
        : family == "DejaVuSans" ? 0
        : family.StartsWith("NotoSansSymbols", StringComparison.Ordinal) ? 1
        : family.StartsWith("NotoSans", StringComparison.Ordinal) ? 2
        : family.StartsWith("Noto", StringComparison.Ordinal) ? 3
        : 4;
}
