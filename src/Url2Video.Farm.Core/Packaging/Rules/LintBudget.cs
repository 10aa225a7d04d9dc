namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>
/// What is left of the work that is done for one package, all of its files together. A few bytes can name a file a million times, and a few
/// more can say that it has samples without end: so it is the work that is counted, not the bytes.
/// </summary>
internal sealed class LintBudget(long boxesMax = Limits.LintBoxesTotalMax, long samplesMax = Limits.LintSamplesTotalMax)
{
    private long _boxes;
    private long _samples;
    private long _againBytes;

    /// <exception cref="LintSpentException">There were enough.</exception>
    public void TakeBox() => Take(ref _boxes, 1, boxesMax, "boxes");

    /// <exception cref="LintSpentException">There were enough.</exception>
    public void TakeSamples(long count) => Take(ref _samples, count, samplesMax, "samples");

    /// <summary>Whether a file that was looked at often enough may be looked at once more.</summary>
    public bool HasRoomForMore => _againBytes < Limits.LintAgainBytesMax;

    /// <summary>Such a look was taken.</summary>
    public void TakeAgain(long bytes) => _againBytes += Math.Max(bytes, Limits.LintAgainBytesMin);

    private static void Take(ref long taken, long count, long most, string what)
    {
        taken += count;
        if (taken > most)
        {
            throw new LintSpentException($"has, with the files before it, more than {most} {what}");
        }
    }
}

/// <summary>Nothing is wrong with the file: there is too much of the package.</summary>
internal sealed class LintSpentException(string message) : Exception(message);
