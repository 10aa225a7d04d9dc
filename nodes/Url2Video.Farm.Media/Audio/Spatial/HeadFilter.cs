namespace Url2Video.Farm.Media.Audio.Spatial;

/// <summary>What a head does to a sound from one place: an impulse response for each ear.</summary>
internal sealed class HeadFilter
{
    /// <summary>Both bounds hold for every measured head: 512 taps are 11 ms.</summary>
    internal const int TapsMax = 512;
    internal const int LeadSamplesMax = 256;

    /// <param name="left">As long as <paramref name="right"/>, a multiple of 4.</param>
    /// <param name="lead">The delay that a sound from straight ahead has in these responses; taken off again.</param>
    internal HeadFilter(double[] left, double[] right, int lead)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(left.Length, right.Length, nameof(left));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(left.Length, TapsMax, nameof(left));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lead, LeadSamplesMax);
        (Left, Right, LeadSamples) = (left, right, lead);
    }

    internal double[] Left { get; }

    internal double[] Right { get; }

    internal int LeadSamples { get; }

    internal int Taps => Left.Length;
}
