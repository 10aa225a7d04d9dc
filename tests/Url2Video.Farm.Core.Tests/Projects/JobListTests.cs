using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Projects;
using static Url2Video.Farm.Core.Projects.ProjectMessage;

namespace Url2Video.Farm.Core.Tests.Projects;

/// <summary>What operators see of a project's jobs, and which of them get a second run.</summary>
public sealed class JobListTests
{
    private static readonly JobFilter All = new();

    [Fact]
    public void Page_EveryJobThatDoesNotRun_SaysWhy()
    {
        var driver = ProjectDriver.Rendering(100);
        var page = JobList.Page(driver.State, _ => null, All, null, 500, ProjectDriver.Noon);

        Assert.Equal(page.Known, page.Jobs.Length);
        Assert.All(page.Jobs, j => Assert.Equal(j.Stage is JobStages.Done or JobStages.Running, j.Reason is null));
        Assert.Contains("render/000067 is published", page.Jobs.Single(j => j.Name == "render/000099").Reason, StringComparison.Ordinal);
        driver.Take(new Pause());
        Assert.Equal("The project is paused.", JobList.Page(driver.State, _ => null, new JobFilter(JobStages.Planned), null, 1, ProjectDriver.Noon).Jobs[0].Reason);
    }

    [Fact]
    public void Page_ByCursor_GivesEveryJobOnceAndNoPageIsTooLong()
    {
        var driver = ProjectDriver.Rendering(25);
        var (names, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = JobList.Page(driver.State, _ => null, new JobFilter(Prefix: "render/"), cursor, 10, ProjectDriver.Noon);
            Assert.InRange(page.Jobs.Length, 1, 10);
            names.AddRange(page.Jobs.Select(j => j.Name));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Range(0, 25).Select(JobNames.Render), names);
        Assert.Empty(JobList.Page(driver.State, _ => null, All, "999999", 10, ProjectDriver.Noon).Jobs);
        Assert.NotEmpty(JobList.Page(driver.State, _ => null, All, "no cursor", 10, ProjectDriver.Noon).Jobs);
    }

    [Fact]
    public void Page_RunningJob_ShowsNodeProgressAndLine()
    {
        var driver = ProjectDriver.Rendering(2);
        var status = new JobStatus(JobStages.Running, 7, new NodeId("n1"), ProjectDriver.Noon, null, new NodeId("n2"));
        var live = new JobLive(status, ProjectDriver.Noon, 250, "frame 16", null);

        var job = JobList.Page(driver.State, n => n == "render/000001" ? live : null, new JobFilter(JobStages.Running), null, 10, ProjectDriver.Noon.AddSeconds(3)).Jobs.Single();

        Assert.Equal(("render/000001", 7L, "n1", "n2", 3_000L, 250, "frame 16"), (job.Name, job.Attempt, job.Node, job.Twin, job.SinceMs, job.Permille, job.Tail));
    }

    [Fact]
    public void Page_JobBeyondItsSoftLimit_SaysSo()
    {
        var driver = ProjectDriver.Rendering(2);
        var status = new JobStatus(JobStages.Running, 7, new NodeId("n1"), ProjectDriver.Noon, null, null);
        JobView Seen(bool isLate) => JobList.Page(
            driver.State,
            n => n == "render/000001" ? new JobLive(status with { IsLate = isLate }, ProjectDriver.Noon, 250, null, null) : null,
            new JobFilter(JobStages.Running),
            null,
            10,
            ProjectDriver.Noon).Jobs.Single();

        Assert.Null(Seen(isLate: false).Note);
        Assert.Contains($"{Limits.LatePercent} % of its {Limits.RenderSecondsMax} s on node n1", Seen(isLate: true).Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_JobThatNodesWereLostUnder_SaysSoWhileItRunsAgain()
    {
        var driver = ProjectDriver.Rendering(2);
        var trouble = new JobTrouble(0, 2, 5, false) { LostOn = [new NodeId("n1"), new NodeId("n2")] };
        var state = driver.State with { Troubles = driver.State.Troubles.SetItem("render/000001", trouble) };
        var live = new JobLive(new JobStatus(JobStages.Running, 7, new NodeId("n3"), ProjectDriver.Noon, null, null), ProjectDriver.Noon, 0, null, null);

        var job = JobList.Page(state, n => n == "render/000001" ? live : null, new JobFilter(JobStages.Running), null, 10, ProjectDriver.Noon).Jobs.Single();

        Assert.Equal("n1 and n2 were lost under it: it may be what they died of.", job.Note);
    }

    [Fact]
    public void Stragglers_FarBeyondTheMedian_AndNothingElseToDo_AreRunTwice()
    {
        RunningPace[] running = [new("a", 100_000, 10_000, false), new("b", 29_000, 10_000, false), new("c", 31_000, 10_000, false), new("d", 500_000, null, false)];

        Assert.Equal<string>(["a", "c"], Stragglers.Of(running, isAnyIdle: false).ToArray());
        Assert.Empty(Stragglers.Of(running, isAnyIdle: true));
        Assert.Empty(Stragglers.Of([new("quick", 19_000, 1_000, false)], isAnyIdle: false));
    }

    [Fact]
    public void Stragglers_AtOnce_AreFew()
    {
        var running = Enumerable.Range(0, 20).Select(i => new RunningPace($"j{i:D2}", 100_000 + i, 1_000, i < 2)).ToList();

        Assert.Equal(Limits.TwinsPerProjectMax - 2, Stragglers.Of(running, isAnyIdle: false).Length);
        Assert.Null(Stragglers.Median([1, 2]));
        Assert.Equal(2, Stragglers.Median([3, 1, 2]));
    }
}
