namespace Url2Video.Farm.Media.Speech.Signal;

/// <summary>Finds the sound in an utterance and takes the steps out of its ends. Pure.</summary>
internal static class SilenceTrim
{
    /// <summary>−50 dBFS.</summary>
    private const int Level = 104;
    private const int LeadMillis = 10;
    private const int TailMillis = 30;
    private const int FadeMillis = 8;

    /// <summary>The part to keep; empty when there is no sound at all.</summary>
    internal static Range Find(ReadOnlySpan<short> pcm, int rate)
    {
        var first = 0;
        while (first < pcm.Length && Math.Abs((int)pcm[first]) < Level)
        {
            first++;
        }

        if (first == pcm.Length)
        {
            return 0..0;
        }

        var last = pcm.Length - 1;
        while (Math.Abs((int)pcm[last]) < Level)
        {
            last--;
        }

        return Math.Max(0, first - rate * LeadMillis / 1000)..Math.Min(pcm.Length, last + 1 + rate * TailMillis / 1000);
    }

    /// <summary>Linear fades at both ends: a cut is never heard as a click.</summary>
    internal static void Fade(Span<short> pcm, int rate)
    {
        var length = Math.Min(rate * FadeMillis / 1000, pcm.Length / 2);
        for (var i = 0; i < length; i++)
        {
            pcm[i] = (short)(pcm[i] * i / length);
            pcm[^(i + 1)] = (short)(pcm[^(i + 1)] * i / length);
        }
    }
}
