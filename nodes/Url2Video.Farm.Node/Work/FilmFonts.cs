using Url2Video.Farm.Media.Text;

namespace Url2Video.Farm.Node.Work;

/// <summary>The fonts that films are set in on this node.</summary>
public static class FilmFonts
{
    /// <summary>A set of its own for one renderer, which is used by one thread.</summary>
    public static FontSet Open() => new();
}
