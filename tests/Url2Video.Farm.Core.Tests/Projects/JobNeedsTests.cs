using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Projects;
using Url2Video.Farm.Core.Tests.Planning;

namespace Url2Video.Farm.Core.Tests.Projects;

public sealed class JobNeedsTests
{
    /// <summary>Of the memory that several scenes need, a node is asked for the most: one word, and few classes of jobs.</summary>
    [Fact]
    public void NeedsOf_ScenesOfUnlikeMemory_IsTheLargestOfWhatIsSeen()
    {
        var rendering = ProjectDriver.Rendering(chunks: 1).State;
        var slots = SceneSlots.Of(rendering.Plan!.Fps, transition: 9, 60, 60, 60);
        var state = rendering with
        {
            Facts = Films.Facts(Large("worker.mem.mib>=6144"), Large("plugin:a#cccccccccccc", "worker.mem.mib>=12288"), Large("worker.mem.mib>=8192")),
            Plan = rendering.Plan with { Frames = 180, Scenes = slots, Chunks = SceneCuts.Cut(slots, rendering.Plan.Fps) },
        };
        Assert.Equal([120, 60], state.Plan.Chunks.Select(c => c.Frames));

        var needs = new[] { new DueJob(JobKind.Render, 0), new DueJob(JobKind.Render, 1), new DueJob(JobKind.Assemble, 0) }.Select(j => string.Join(' ', JobSpecs.NeedsOf(state, j)));

        Assert.All(needs, n => Assert.Equal("plugin:a#cccccccccccc worker.mem.mib>=12288", n));
        Assert.Equal("worker.mem.mib>=6144", Assert.Single(JobSpecs.NeedsOf(state with { Facts = Films.Facts(Large("worker.mem.mib>=6144"), Large(), Large()) }, new DueJob(JobKind.Render, 0))));

        static SceneFacts Large(params string[] needs) => Films.Scene(say: null) with { PictureNeeds = [.. needs] };
    }
}
