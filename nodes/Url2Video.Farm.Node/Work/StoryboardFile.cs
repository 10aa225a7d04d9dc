using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Node.Work;

/// <summary>Reads the storyboard that a job names.</summary>
internal static class StoryboardFile
{
    public static async Task<Storyboard> ReadAsync(IArtifactIo io, ArtifactRef artifact, CancellationToken cancellation)
    {
        var bytes = await io.ReadAsync(artifact, Limits.StoryboardBytesMax, cancellation).ConfigureAwait(false);
        return StoryboardReader.Read(bytes).Require();
    }
}
