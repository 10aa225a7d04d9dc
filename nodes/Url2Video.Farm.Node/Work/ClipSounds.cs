using System.Collections.Immutable;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Media.Audio.Clips;
using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Node.Work;

/// <summary>The clips of a film that are heard, decoded and placed. Owns their scratch files.</summary>
internal sealed class ClipSounds : IDisposable
{
    private readonly List<ClipTrack> _tracks = [];

    private ClipSounds()
    {
    }

    public ImmutableArray<ClipPlacement> Placements { get; private set; } = [];

    /// <exception cref="FarmException"><c>ERR_CLIP_UNREADABLE</c>, <c>ERR_SOUND_UNREADABLE</c>, <c>ERR_TOO_LARGE</c>.</exception>
    public static ClipSounds Open(Storyboard board, JobWork.Mix work, WorkContext context)
    {
        var sounds = new ClipSounds();
        try
        {
            sounds.Placements = [.. HeardClips.Of(board, work.Scenes).Select(heard => sounds.Place(heard, context)).OfType<ClipPlacement>()];
            return sounds;
        }
        catch
        {
            sounds.Dispose();
            throw;
        }
    }

    public void Dispose() => _tracks.ForEach(t => t.Dispose());

    private ClipPlacement? Place(HeardClip heard, WorkContext context)
    {
        if (heard.Clip is not { Asset: VisualAsset.Resolved { Artifact: var artifact }, Sound: { } sound })
        {
            return null;
        }

        var name = ArtifactClips.NameOf(heard.SceneId);
        try
        {
            using var clip = ArtifactClips.Open(artifact, name, context);
            if (!clip.HasSound)
            {
                return null; // Told when the film was taken in.
            }

            using var stream = context.Artifacts.OpenRead(artifact);
            var track = ClipTrack.Decode(
                stream, ArtifactClips.PartOf(heard.Clip.Cut), clip.Times, heard.Samples, context.ScratchDir, Limits.ClipSecondsMax, context.Cancellation);
            _tracks.Add(track);
            return new ClipPlacement(track, heard.StartSample, heard.Samples, 10 * sound.GainDecibelTenths, heard.FadeInSamples, heard.FadeOutSamples);
        }
        catch (FFmpegException e) when (MediaFaults.IsOfInput(e))
        {
            throw new FarmException(MediaFaults.OfClipSound(e, name), e);
        }
    }
}
