using Url2Video.Farm.Media.Text;

namespace Url2Video.Farm.Media.Tests;

internal static class Fonts
{
    /// <summary>The fonts that distributions install, as the node finds them.</summary>
    public static FontSet All { get; } = new();
}
