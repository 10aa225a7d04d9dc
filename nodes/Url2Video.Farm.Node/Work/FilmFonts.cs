using Url2Video.Farm.Media.Text;

namespace Url2Video.Farm.Node.Work;

/// <summary>The fonts of this node, listed once and opened when needed. Shared by all jobs, never disposed.</summary>
public static class FilmFonts
{
    private static readonly Lazy<FontSet> s_shared = new(() => FontSet.Open(FontSet.UsualDirectories));

    /// <exception cref="FontException">No font is installed.</exception>
    public static FontSet Shared => s_shared.Value;
}
