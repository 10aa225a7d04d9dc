using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Quality.Rules;

/// <summary>Relative luminance of WCAG (the linear light of sRGB) for a luma code of BT.709 limited range, in thousandths.</summary>
internal static class LinearLight
{
    public static readonly ImmutableArray<int> PermilleOfLuma = [.. Enumerable.Range(0, 256).Select(Permille)];

    // ((c + 0.055) / 1.055)^2.4 is the fifth root of the twelfth power: found by halving, with products alone, so that every machine has the same.
    private static int Permille(int luma)
    {
        var code = Math.Clamp((luma - 16) / 219.0, 0, 1);
        if (code <= 0.04045)
        {
            return (int)(code / 12.92 * 1000);
        }

        var x = (code + 0.055) / 1.055;
        var wanted = x * x * x * x * x * x * x * x * x * x * x * x;
        var (low, high) = (0, 1000);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            var y = middle / 1000.0;
            (low, high) = y * y * y * y * y <= wanted ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
