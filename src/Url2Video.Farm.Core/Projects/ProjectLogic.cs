using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Projects;

/// <summary>
/// What messages mean for one project. Pure: no clock, no I/O, no randomness. The shell commits the events first and carries the
/// effects out afterwards; when a commit fails or is not answered it throws its state away, reads the journal again, and says
/// <see cref="ProjectMessage.Recovered"/>, which opens a new term and lists everything that is owed. A project that does not work writes
/// nothing, so it would never learn that another life of it has gone on: the shell forgets it when idle and reads it again when asked.
/// </summary>
public sealed class ProjectLogic(IPlanning planning)
{
    /// <summary>Decides on messages that arrived together; they share one commit.</summary>
    /// <param name="messages">1..<see cref="Limits.MessagesPerTurnMax"/>, in order of arrival.</param>
    public ProjectDecision Decide(ProjectState state, ImmutableArray<ProjectMessage> messages, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(messages.Length, Limits.MessagesPerTurnMax);
        var turn = new ProjectTurn(state, planning, now);
        for (var i = 0; i < messages.Length; i++)
        {
            turn.Take(i, messages[i]);
        }

        return turn.End();
    }

    /// <summary>
    /// All effects the state owes: a crash after a commit may have lost them. <see cref="ProjectMessage.Recovered"/> gives the same
    /// with a new term; this is for looking at it.
    /// </summary>
    public ImmutableArray<ProjectEffect> Resume(ProjectState state) => OwedEffects.Between(new ProjectState(state.Id), state, planning);
}
