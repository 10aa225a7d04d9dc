using System.Reflection;
using System.Runtime.CompilerServices;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Core.Tests.Projects;

public sealed class ProjectEventTests
{
    /// <summary>Names stand in journals for ever: a line may be added here, never changed.</summary>
    private static readonly string[] Frozen =
    [
        "project-attempt-excused/1",
        "project-attempt-failed/1",
        "project-attempt-lost/1",
        "project-cancelled/1",
        "project-chunks-finished/1",
        "project-chunks-published/1",
        "project-completed/1",
        "project-failed/1",
        "project-film-assembled/1",
        "project-job-died/1",
        "project-paused/1",
        "project-planned/1",
        "project-priority-set/1",
        "project-publication-completed/1",
        "project-results-lost/1",
        "project-retried/1",
        "project-scenes-spoken/1",
        "project-sound-mixed/1",
        "project-source-ingested/1",
        "project-storyboard-written/1",
        "project-submitted/1",
        "project-term-started/1",
        "project-unpaused/1",
    ];

    [Fact]
    public void Names_AreTheFrozenOnes() => Assert.Equal(
        Frozen,
        typeof(ProjectEvent).GetNestedTypes(BindingFlags.Public)
            .Select(t => ((ProjectEvent)RuntimeHelpers.GetUninitializedObject(t)).Name)
            .Order(StringComparer.Ordinal));

    [Fact]
    public void StoredNumbers_AreTheFrozenOnes()
    {
        Assert.Equal([1, 2, 3], Enum.GetValues<LossReason>().Select(v => (int)v));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], Enum.GetValues<ProjectPhase>().Select(v => (int)v));
        Assert.Equal([0, 1, 2, 3], Enum.GetValues<ProjectStatus>().Select(v => (int)v));
    }

    [Theory]
    [InlineData("ingest")]
    [InlineData("write")]
    [InlineData("mix")]
    [InlineData("assemble")]
    [InlineData("speak/0042")]
    [InlineData("render/099999")]
    [InlineData("render/1234567")]
    public void JobName_ThatAProjectGives_ComesBack(string name)
    {
        Assert.True(JobNames.TryParse(name, out var kind, out var index));
        Assert.Equal(name, new DueJob(kind, index).Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("speak/")]
    [InlineData("speak/42")]
    [InlineData("render/-00001")]
    [InlineData("render/99999999999")]
    [InlineData("Mix")]
    public void JobName_OfNoProject_IsRefused(string name) => Assert.False(JobNames.TryParse(name, out _, out _));
}
