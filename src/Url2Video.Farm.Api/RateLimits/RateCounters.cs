using Url2Video.Farm.Core;

namespace Url2Video.Farm.Api.RateLimits;

/// <summary>Counters by name, bounded; the one that was silent for longest is forgotten first. Of one server. Safe for any thread.</summary>
internal sealed class RateCounters<T>(int countMax = Limits.RateCountersMax)
    where T : struct
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Name, T State)>> _byName = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Name, T State)> _byAge = new();

    /// <param name="change">Gets the state, or null for a name not seen before; gives the next one and what the caller wants to know.</param>
    public TResult Change<TResult>(string name, Func<T?, (T Next, TResult Result)> change)
    {
        lock (_gate)
        {
            T? before = null;
            if (_byName.Remove(name, out var node))
            {
                before = node.Value.State;
                _byAge.Remove(node);
            }
            else if (_byName.Count >= countMax)
            {
                _byName.Remove(_byAge.First!.Value.Name);
                _byAge.RemoveFirst();
            }

            var (next, result) = change(before);
            _byName[name] = _byAge.AddLast((name, next));
            return result;
        }
    }
}
