using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Projects;
using Url2Video.Farm.Core.Tests.Planning;

namespace Url2Video.Farm.Core.Tests.Projects;

public sealed class DueJobsTests
{
    /// <summary>Slots end together when the longest work is begun first; who listens while it renders wants the sound at once.</summary>
    [Theory]
    [InlineData(20, false, true)]
    [InlineData(20, true, false)]
    [InlineData(64, false, true)]
    [InlineData(600, false, false)]
    public void Of_Rendering_HasTheSoundBehindThePicturesOfAShortFilmThatNobodyStreams(int seconds, bool isStreamed, bool isLast)
    {
        var rendering = ProjectDriver.Rendering(chunks: 1).State;
        var fps = rendering.Plan!.Fps;
        var frames = (int)(seconds * fps.Numerator / fps.Denominator);
        var chunks = isStreamed ? ChunkGrid.Cut(frames, fps) : SceneCuts.Cut(SceneSlots.Of(fps, transition: 0, frames), fps);
        var state = rendering with { Plan = rendering.Plan with { Frames = frames, Chunks = chunks }, Chunks = [.. chunks.Select(_ => (FinishedChunk?)null)] };

        var due = DueJobs.Of(state);

        var pictures = Enumerable.Range(0, Math.Min(chunks.Length, Limits.LookAheadChunksMax)).Select(JobNames.Render);
        string[] expected = isLast ? [.. pictures, JobNames.Mix] : [JobNames.Mix, .. pictures];
        Assert.Equal(expected, due.Select(job => job.Name));
    }
}
