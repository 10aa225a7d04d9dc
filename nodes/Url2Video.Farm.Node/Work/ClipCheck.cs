using System.Collections.Immutable;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Node.Work;

/// <summary>Looks at the clips of a film while it is still cheap: all their packets are read, the first picture is decoded.</summary>
internal static class ClipCheck
{
    /// <returns>What the viewer should know; empty when there is nothing.</returns>
    /// <exception cref="FarmException"><c>ERR_CLIP_UNREADABLE</c> or <c>ERR_TOO_LARGE</c>, with the place in the document, the file's name and the scene.</exception>
    public static async Task<ImmutableArray<string>> RunAsync(ArtifactRef storyboard, SourceSpec source, WorkContext context)
    {
        var board = await StoryboardFile.ReadAsync(context.Artifacts, storyboard, context.Cancellation).ConfigureAwait(false);
        var judged = new Dictionary<ArtifactId, (Media.Composition.ClipTimes Times, bool HasSound)>(); // A thousand scenes may show one file.
        var warnings = ImmutableArray.CreateBuilder<string>();
        foreach (var (pointer, scene, clip) in ClipAssets.Of(board))
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

            if (!Media.Composition.ClipClock.IsWithin(ArtifactClips.PartOf(clip.Cut), facts.Times))
            {
                throw new FarmException(
                    ErrorCodes.InvalidStoryboard, $"{name} is over before its part begins at {clip.Cut.MsStart} ms.", "Choose an earlier startMs.");
            }

            if (clip.Sound is not null && !facts.HasSound)
            {
                warnings.Add($"{name} has no sound.");
            }
        }

        return warnings.ToImmutable();
    }

    private static (Media.Composition.ClipTimes Times, bool HasSound) Judge(ArtifactRef artifact, string name, WorkContext context)
    {
        try
        {
            using var clip = ArtifactClips.Open(artifact, name, context);
            return (clip.Times, clip.HasSound);
        }
        catch (ClipException e) when (MediaFaults.IsOfInput(e.Kind))
        {
            throw new FarmException(MediaFaults.OfClip(e), e);
        }
    }
}
