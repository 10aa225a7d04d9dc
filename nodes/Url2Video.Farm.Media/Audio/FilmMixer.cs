namespace Url2Video.Farm.Media.Audio;

/// <summary>Speech and music to one finished stereo track.</summary>
public static class FilmMixer
{
    /// <summary>
    /// Writes exactly <see cref="MixPlan.Samples"/> stereo frames at 48 kHz as interleaved 32-bit float little-endian
    /// (values are multiples of 2⁻²³), ducked, at the loudness and below the true peak of the plan. The bytes depend on
    /// the plan and the clips alone. Memory stays bounded; long films lie in <paramref name="scratchDirectory"/> meanwhile.
    /// </summary>
    /// <param name="scratchDirectory">Existing directory; needs 16 bytes per frame for the duration of the call.</param>
    /// <param name="destination">Written from its current position, in order; not disposed.</param>
    /// <exception cref="IOException">A clip cannot be read, or the scratch space or destination cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the destination may hold a part.</exception>
    public static MixReport Mix(MixPlan plan, string scratchDirectory, Stream destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentException.ThrowIfNullOrEmpty(scratchDirectory);
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentOutOfRangeException.ThrowIfNegative(plan.Samples, nameof(plan));
        ArgumentOutOfRangeException.ThrowIfLessThan(plan.LoudnessLufsTenths, -310, nameof(plan));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(plan.LoudnessLufsTenths, -80, nameof(plan));
        ArgumentOutOfRangeException.ThrowIfLessThan(plan.TruePeakDbTenths, -90, nameof(plan));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(plan.TruePeakDbTenths, 0, nameof(plan));
        using var mix = ScratchSamples.Create(scratchDirectory);
        var energy = Premix.Write(plan, mix, cancellationToken);
        using var master = ScratchSamples.Create(scratchDirectory);
        var report = Mastering.Run(plan, mix, energy, master, cancellationToken);
        master.CopyAsFloat(destination, cancellationToken);
        return report;
    }
}
