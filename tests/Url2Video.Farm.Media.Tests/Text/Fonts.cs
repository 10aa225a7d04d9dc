using Url2Video.Farm.Media.Text;
using Xunit;

namespace Url2Video.Farm.Media.Tests;

/// <summary>The fonts that distributions install, as a node finds them. Opened once: reading them is the slow part.</summary>
internal static class Fonts
{
    private static readonly Lazy<FontSet> s_all = new(() => FontSet.Open(FontSet.UsualDirectories));

    public static FontSet All => s_all.Value;

    /// <summary>Why a test cannot run here, or null when it can.</summary>
    public static string? Lacks(string[] families)
    {
        try
        {
            return families.FirstOrDefault(f => !All.HasFamily(f)) is { } missing ? $"The font {missing} is not installed." : null;
        }
        catch (FontException e) when (e.Kind == FontErrorKind.NoFonts)
        {
            return e.Message;
        }
    }
}

/// <summary>Reported as skipped where a family, or any font at all, is not installed.</summary>
public sealed class FontFactAttribute : FactAttribute
{
    public FontFactAttribute(params string[] families) => Skip = Fonts.Lacks(families);
}

/// <summary>Likewise for theories.</summary>
public sealed class FontTheoryAttribute : TheoryAttribute
{
    public FontTheoryAttribute(params string[] families) => Skip = Fonts.Lacks(families);
}
