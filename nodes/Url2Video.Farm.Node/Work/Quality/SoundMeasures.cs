using System.Text;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Quality;
using Url2Video.Farm.Media.Audio;
using Url2Video.Farm.Media.Quality;

namespace Url2Video.Farm.Node.Work.Quality;

/// <summary>Measures the finished sound of a film and the narrations that it was made from.</summary>
internal static class SoundMeasures
{
    /// <summary>Narrations that are looked for in the sound: they all lie on one clock.</summary>
    private const int NarrationsMax = 3;

    /// <param name="track">File of interleaved stereo floats.</param>
    public static async Task<ArtifactRef> StoreAsync(JobWork.Mix work, string track, WorkContext context)
    {
        var text = Of(work, track, context).Write();
        return await context.Artifacts.WriteAsync(Encoding.UTF8.GetBytes(text), context.Cancellation).ConfigureAwait(false);
    }

    private static SoundMeasure Of(JobWork.Mix work, string track, WorkContext context)
    {
        using var file = new FileStream(track, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        var levels = SoundMeter.Levels(file, SoundMeasure.BlockSamples, context.Cancellation);
        var (runs, first, looked) = (levels.ClippedRuns, levels.FirstClip, 0);
        int? offset = null;
        foreach (var (slot, speech) in work.Scenes.Zip(work.Speech))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            if (speech is null)
            {
                continue;
            }

            var clip = PcmSource.FromFile(context.Artifacts.PathOf(speech.Pcm));
            var (clipped, at) = SoundMeter.Clipping(clip);
            runs += clipped;
            first = clipped > 0 && (first < 0 || slot.SpeechStartSample + at < first) ? slot.SpeechStartSample + at : first;
            if (looked++ < NarrationsMax && SoundOffset.Find(clip, file, slot.SpeechStartSample) is { } found)
            {
                // The one that is furthest off speaks for all.
                offset = offset is { } before && Math.Abs(before) >= Math.Abs(found) ? before : found;
            }
        }

        return new SoundMeasure(work.Samples, levels.Levels, runs, first, offset);
    }
}
