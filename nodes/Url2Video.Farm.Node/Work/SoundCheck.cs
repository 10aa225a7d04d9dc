using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Core.Storyboards.Sounds;
using Url2Video.Farm.Media.Audio.Spatial;
using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Node.Work;

/// <summary>Looks at the sound of a film while it is still cheap: before a word is spoken or a picture made.</summary>
internal static class SoundCheck
{
    /// <returns>What the listener should know; empty when there is nothing.</returns>
    /// <exception cref="FarmException"><c>ERR_SOUND_UNREADABLE</c> or <c>ERR_TOO_LARGE</c>, with the place in the document and the file's name.</exception>
    public static async Task<IReadOnlyList<string>> RunAsync(ArtifactRef storyboard, SourceSpec source, WorkContext context)
    {
        var board = await StoryboardFile.ReadAsync(context.Artifacts, storyboard, context.Cancellation).ConfigureAwait(false);
        var judged = new HashSet<(ArtifactId, bool)>(); // A thousand scenes may name one file.
        foreach (var (pointer, asset) in SoundAssets.Of(board))
        {
            if (asset is VisualAsset.Resolved { Artifact: var artifact } && judged.Add((artifact.Id, pointer == SoundAssets.MusicPointer)))
            {
                Check(artifact, $"{pointer}: {NameOf(artifact, source)}", pointer == SoundAssets.MusicPointer, context);
            }
        }

        var hasPlaces = board.Space.Voice is not null || board.Scenes.Any(s => s.Sounds.Any(c => c.Place is not null));
        return hasPlaces && !HeadFilters.HasMeasuredHead
            ? ["No measured head (libmysofa) is installed: places are heard left and right, not above or behind."]
            : [];
    }

    /// <summary>Decodes all of it, kept nowhere: a header may promise anything.</summary>
    private static void Check(ArtifactRef artifact, string name, bool isMusic, WorkContext context)
    {
        if (artifact.Bytes > Limits.SoundBytesMax)
        {
            throw new FarmException(ErrorCodes.TooLarge, $"{name} has {artifact.Bytes} bytes; {Limits.SoundBytesMax} are allowed.", "Compress it (FLAC, MP3) or cut it shorter.");
        }

        var seconds = isMusic ? Limits.MusicSecondsMax : Limits.NarrationSecondsMax;
        try
        {
            using var stream = context.Artifacts.OpenRead(artifact);
            AudioDecoder.Decode(stream, new AudioDecodeOptions { SecondsMax = seconds }, _ => context.Cancellation.ThrowIfCancellationRequested());
        }
        catch (FFmpegException e) when (MediaFaults.IsOfInput(e))
        {
            throw new FarmException(MediaFaults.OfSound(e, name), e);
        }
    }

    /// <summary>The file's name in the bundle; what begins its hash where it came without one.</summary>
    public static string NameOf(ArtifactRef artifact, SourceSpec source) =>
        source is SourceSpec.StoryboardBundle bundle && bundle.Files.FirstOrDefault(f => f.Artifact.Id == artifact.Id) is { } file
            ? file.Path
            : artifact.Id.Sha256[..12];
}
