using System.Collections.Immutable;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Media.Audio.Clips;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Node.Work;

/// <summary>Looks at the clips of a film while it is still cheap: all their packets are read, the first picture is decoded, and all of the sound that is wanted.</summary>
internal static class ClipCheck
{
    /// <returns>What the viewer should know; empty when there is nothing.</returns>
    /// <exception cref="FarmException"><c>ERR_CLIP_UNREADABLE</c>, <c>ERR_SOUND_UNREADABLE</c> or <c>ERR_TOO_LARGE</c>, with the place in the document, the file's name and the scene.</exception>
    public static async Task<ImmutableArray<string>> RunAsync(ArtifactRef storyboard, SourceSpec source, WorkContext context)
    {
        var board = await StoryboardFile.ReadAsync(context.Artifacts, storyboard, context.Cancellation).ConfigureAwait(false);
        var judged = new Dictionary<ArtifactId, ClipFacts>(); // A thousand scenes may show one file.
        var listened = new HashSet<ArtifactId>();
        var load = new ClipLoad();
        var warnings = ImmutableArray.CreateBuilder<string>();
        foreach (var (index, scene) in board.Scenes.Index())
        {
            load.BeginScene();
            foreach (var (pointer, _, clip) in ClipAssets.Of(scene, $"/scenes/{index}"))
            {
                if (clip.Asset is not VisualAsset.Resolved { Artifact: var artifact })
                {
                    continue;
                }

                context.Cancellation.ThrowIfCancellationRequested();
                var name = $"{pointer}: {SoundCheck.NameOf(artifact, source)}: {ArtifactClips.NameOf(scene.Id)}";
                if (!judged.TryGetValue(artifact.Id, out var facts))
                {
                    facts = judged[artifact.Id] = Judge(artifact, name, context);
                }

                RequireWithin(clip, facts.Times, name);
                load.Add(facts.CodedPixels, name);
                if (clip.Sound is not null && !facts.HasSound)
                {
                    warnings.Add($"{name} has no sound.");
                }
                else if (clip.Sound is not null && listened.Add(artifact.Id))
                {
                    Listen(artifact, name, context);
                }
            }
        }

        return warnings.ToImmutable();
    }

    private static void RequireWithin(Visual.Clip clip, ClipTimes times, string name)
    {
        if (!ClipClock.IsWithin(ArtifactClips.PartOf(clip.Cut), times))
        {
            throw new FarmException(
                ErrorCodes.InvalidStoryboard, $"{name} is over before its part begins at {clip.Cut.MsStart} ms.", "Choose an earlier startMs.");
        }
    }

    private static ClipFacts Judge(ArtifactRef artifact, string name, WorkContext context)
    {
        try
        {
            using var clip = ArtifactClips.Open(artifact, name, context);
            return new ClipFacts(clip.Times, clip.HasSound, clip.CodedPixels);
        }
        catch (ClipException e) when (MediaFaults.IsOfInput(e.Kind))
        {
            throw new FarmException(MediaFaults.OfClip(e), e);
        }
    }

    private static void Listen(ArtifactRef artifact, string name, WorkContext context)
    {
        try
        {
            using var stream = context.Artifacts.OpenRead(artifact);
            ClipTrack.Check(stream, Limits.ClipSecondsMax, context.Cancellation);
        }
        catch (FFmpegException e) when (MediaFaults.IsOfInput(e))
        {
            throw new FarmException(MediaFaults.OfClipSound(e, name), e);
        }
    }

    private readonly record struct ClipFacts(ClipTimes Times, bool HasSound, long CodedPixels);
}
