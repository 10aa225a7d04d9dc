using System.Collections.Immutable;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Core.Tests.Simulation;

internal enum AppendAnswer
{
    Committed,
    Conflict,
    Failed,
}

/// <summary>
/// The journal of one project: appends are atomic and name the version they follow; they may fail, or succeed without an answer.
/// </summary>
internal sealed class SimJournal(ProjectId id, World world, SplitMix random, SimRules rules, Oracle oracle, SimOutput folder)
{
    private readonly List<ProjectEvent> _events = [];

    public required Swarm Swarm { get; set; }

    /// <summary>The state that all committed events give, folded as they came.</summary>
    public ProjectState State { get; private set; } = new(id);

    public long Version => _events.Count;

    public IReadOnlyList<ProjectEvent> Events => _events;

    public void Append(long version, ImmutableArray<ProjectEvent> events, Action<AppendAnswer> answer)
    {
        var latency = random.Chance(0.02)
            ? random.Between(World.Second, 5 * World.Second)
            : random.Between(World.Millisecond, 15 * World.Millisecond);
        world.After(latency / 2, () =>
        {
            if (random.Chance(Swarm.JournalFailure))
            {
                world.After(latency / 2, () => answer(AppendAnswer.Failed));
                return;
            }

            if (version != Version && rules.ChecksVersion)
            {
                world.After(latency / 2, () => answer(AppendAnswer.Conflict));
                return;
            }

            foreach (var fact in events)
            {
                world.Trace(fact.Name, id.Value, _events.Count);
                oracle.Committing(State, fact);
                if (fact is ProjectEvent.ChunksPublished published)
                {
                    Oracle.Published(published, folder);
                }

                _events.Add(fact);
                State = State.Apply(fact);
            }

            // Applied, but the writer hears of a failure.
            var reply = random.Chance(Swarm.JournalUnanswered) ? AppendAnswer.Failed : AppendAnswer.Committed;
            world.After(latency / 2, () => answer(reply));
        });
    }
}
