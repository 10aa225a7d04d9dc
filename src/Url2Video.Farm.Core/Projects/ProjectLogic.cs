using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Projects;

/// <summary>What messages mean for one project. Pure: no clock, no I/O, no randomness.</summary>
public sealed class ProjectLogic(IPlanning planning)
{
    /// <summary>Decides on messages that arrived together; they share one commit.</summary>
    /// <param name="messages">1..<see cref="Limits.MessagesPerTurnMax"/>, in order of arrival.</param>
    public ProjectDecision Decide(ProjectState state, ImmutableArray<ProjectMessage> messages, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(planning);
        return new([], []);
    }

    /// <summary>All effects the state still owes: a crash after a commit may have lost them.</summary>
    public ImmutableArray<ProjectEffect> Resume(ProjectState state)
    {
        ArgumentNullException.ThrowIfNull(planning);
        return [];
    }
}
