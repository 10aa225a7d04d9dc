using Akka.Actor;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Cluster.Projects;

/// <summary>
/// Who watches one project, from any server. Each asks again from time to time; who does not is forgotten, so that a server that died
/// leaves nothing behind. Bounded: beyond that, whoever asked longest ago is forgotten.
/// </summary>
internal sealed class ProjectWatchers(TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(Limits.WatchSecondsMax);

    private readonly Dictionary<IActorRef, long> _askedAt = [];

    public int Count => _askedAt.Count;

    public void Renew(IActorRef watcher)
    {
        if (watcher.IsNobody())
        {
            return;
        }

        Forget();
        if (_askedAt.Count >= Limits.WatchersPerProjectMax && !_askedAt.ContainsKey(watcher))
        {
            _askedAt.Remove(_askedAt.MinBy(w => w.Value).Key);
        }

        _askedAt[watcher] = clock.GetTimestamp();
    }

    public void TellAll(FarmProgress progress)
    {
        Forget();
        var note = new ProgressNote(progress);
        foreach (var watcher in _askedAt.Keys)
        {
            watcher.Tell(note);
        }
    }

    public static void Tell(IActorRef watcher, FarmProgress progress) => watcher.Tell(new ProgressNote(progress));

    private void Forget()
    {
        foreach (var gone in _askedAt.Where(w => clock.GetElapsedTime(w.Value) > Patience).Select(w => w.Key).ToArray())
        {
            _askedAt.Remove(gone);
        }
    }
}
