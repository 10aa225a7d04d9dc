using Akka.Actor;
using Url2Video.Farm.Cluster.Projects;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Tests.Shells;

public sealed class ProjectInboxTests
{
    private readonly ProjectInbox _inbox = new();

    [Fact]
    public void Add_ManyBeforeTheTurn_CallsForOneTurnThatTakesThemAll()
    {
        var calls = Enumerable.Range(1, 100).Count(Add);

        Assert.Equal(1, calls);
        Assert.Equal(Enumerable.Range(1, 100), Take());
        Assert.False(_inbox.HasMore);
        Assert.True(Add(101));
    }

    [Fact]
    public void TakeBatch_MoreThanATurnMayHold_LeavesTheRestInOrder()
    {
        foreach (var chunk in Enumerable.Range(1, Limits.MessagesPerTurnMax + 1))
        {
            Add(chunk);
        }

        Assert.Equal(Limits.MessagesPerTurnMax, Take().Count);
        Assert.True(_inbox.HasMore);
        Assert.Equal([Limits.MessagesPerTurnMax + 1], Take());
    }

    [Fact]
    public void TakeApart_ABatchThatCannotBeDecided_GivesEachATurnAndKeepsTheOrder()
    {
        Add(1);
        Add(2);
        var batch = _inbox.TakeBatch();
        Add(3);
        Add(4);

        _inbox.TakeApart(batch);

        Assert.Equal([[1], [2], [3, 4]], new[] { Take(), Take(), Take() });
    }

    private bool Add(int chunks) => _inbox.Add(new ProjectMessage.Published(chunks), ActorRefs.Nobody);

    private List<int> Take() => [.. _inbox.TakeBatch().Select(w => ((ProjectMessage.Published)w.Message).Chunks)];
}
