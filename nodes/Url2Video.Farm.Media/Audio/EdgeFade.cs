namespace Url2Video.Farm.Media.Audio;

/// <summary>Whatever sounds at the very ends of a film comes from and goes to silence: a film that begins or stops never clicks.</summary>
internal static class EdgeFade
{
    /// <summary>1 ms: too short to dull a beat on the first frame.</summary>
    internal const int InSamples = 48;

    /// <summary>10 ms.</summary>
    internal const int OutSamples = 480;

    /// <param name="stereo">Frames of the film from <paramref name="at"/> on.</param>
    internal static void Apply(Span<int> stereo, long at, long length)
    {
        for (var i = 0; i < stereo.Length; i += 2)
        {
            var frame = at + i / 2;
            var left = length - 1 - frame;
            if (frame >= InSamples && left >= OutSamples)
            {
                continue;
            }

            var weight = Math.Min(Math.Min(frame, InSamples) * (long)OutSamples, Math.Min(left, OutSamples) * InSamples);
            stereo[i] = (int)(stereo[i] * weight / (InSamples * OutSamples));
            stereo[i + 1] = (int)(stereo[i + 1] * weight / (InSamples * OutSamples));
        }
    }
}
