using Url2Video.Farm.Media.Text;
using Xunit;

namespace Url2Video.Farm.Media.Tests;

/// <summary>The fonts that distributions install, as a node finds them. Opened once: reading them is the slow part.</summary>
internal static class Fonts
{
    private static readonly Lazy<FontSet> s_all = new(() => FontSet.Open(FontSet.UsualDirectories));

    public static FontSet All => s_all.Value;

    public static bool Has(string family) =>
        FontSet.UsualDirectories.Any(Directory.Exists) && All.HasFamily(family);
}

/// <summary>Reported as skipped where a family is not installed.</summary>
public sealed class FontFactAttribute : FactAttribute
{
    public FontFactAttribute(params string[] families)
    {
        if (families.FirstOrDefault(f => !Fonts.Has(f)) is { } missing)
        {
            Skip = $"The font {missing} is not installed.";
        }
    }
}
