namespace Url2Video.Farm.Media.Audio.Loudness;

/// <summary>Loudness units and mean energies: L = −0.691 + 10·log10(E).</summary>
internal static class LoudnessUnits
{
    /// <summary>What an unmeasurable (silent) sound is said to have.</summary>
    internal const int SilenceHundredths = -7_000;

    /// <param name="lufsHundredths">Hundredths of LUFS.</param>
    internal static double Energy(int lufsHundredths) => StrictMath.TenToTenThousandths(10 * lufsHundredths + 691);

    /// <summary>Nearest hundredth of LUFS; <see cref="SilenceHundredths"/> at and below the absolute gate.</summary>
    internal static int LufsHundredths(double energy)
    {
        var (low, high) = (SilenceHundredths, 1_000);
        while (low < high)
        {
            var middle = (low + high + 1) >> 1;
            (low, high) = energy >= StrictMath.TenToTenThousandths(10 * middle + 691 - 5) ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
