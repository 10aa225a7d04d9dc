using System.Collections.Immutable;
using Akka.Actor;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Projects;

/// <summary>A message and who waits for its answer (nobody, for a report of the project's own actors).</summary>
internal readonly record struct Waiting(ProjectMessage Message, IActorRef From);

/// <summary>Collects what arrives in one turn, so that it shares one commit.</summary>
internal sealed class ProjectInbox
{
    /// <summary>Far more than the jobs of one project send while a commit hangs.</summary>
    public const int MessagesMax = 8_192;

    private readonly Queue<Waiting> _waiting = new();
    private ImmutableArray<Waiting> _committing = [];
    private bool _isTurnDue;
    private int _alone;

    public bool HasMore => _isTurnDue = _waiting.Count > 0;

    /// <returns>True when a turn has to be called for: none is due yet.</returns>
    public bool Add(ProjectMessage message, IActorRef from)
    {
        if (_waiting.Count >= MessagesMax)
        {
            return false; // Sent again by whoever needs it.
        }

        _waiting.Enqueue(new(message, from));
        return !_isTurnDue && (_isTurnDue = true);
    }

    public ImmutableArray<Waiting> TakeBatch()
    {
        _isTurnDue = false;
        var countMax = _alone > 0 ? 1 : Limits.MessagesPerTurnMax;
        _alone = Math.Max(0, _alone - 1);
        var batch = ImmutableArray.CreateBuilder<Waiting>(Math.Min(_waiting.Count, countMax));
        while (batch.Count < countMax && _waiting.TryDequeue(out var one))
        {
            batch.Add(one);
        }

        return batch.DrainToImmutable();
    }

    /// <summary>Puts messages back that could not be decided together: each gets a turn of its own.</summary>
    public void TakeApart(ImmutableArray<Waiting> batch)
    {
        var later = _waiting.ToArray();
        _waiting.Clear();
        foreach (var one in batch.Concat(later))
        {
            _waiting.Enqueue(one);
        }

        _alone = batch.Length;
    }

    public void Commit(ImmutableArray<Waiting> batch) => _committing = batch;

    public void Committed() => _committing = [];

    /// <summary>The commit failed and this life of the project ends: whoever waits may try again.</summary>
    public void AnswerWaiting(FarmError error)
    {
        foreach (var one in _committing.Concat(_waiting))
        {
            one.From.Tell(new Reply(error));
        }
    }
}
