using Url2Video.Farm.Content.Extraction;
using Url2Video.Farm.Content.Writing;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Content;

/// <summary>
/// The work of a Write job: a SourceDoc and a brief become a storyboard. Pure but for reading and storing; equal inputs give equal
/// bytes.
/// </summary>
public static class WriteService
{
    /// <exception cref="Core.Errors.FarmException"><c>ERR_NO_TEXT</c>, <c>ERR_VOICE_NOT_FOUND</c>, <c>ERR_ARTIFACT_CORRUPT</c>.</exception>
    public static async Task<JobResult.Written> WriteAsync(JobWork.Write work, IArtifactIo io, CancellationToken cancellation)
    {
        var document = SourceDocJson.Read(await io.ReadAsync(work.SourceDoc, Limits.SourceDocBytesMax, cancellation));
        var (storyboard, warnings) = StoryWriter.Write(document, work.Brief);
        var artifact = await io.WriteAsync(StoryboardWriter.Write(storyboard), cancellation);
        return new JobResult.Written(artifact, StoryboardDigest.FactsOf(storyboard), warnings);
    }
}
