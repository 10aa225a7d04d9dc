namespace Url2Video.Farm.Cluster.Persistence;

/// <summary>
/// Follows the places of the journal for one reader. A place is given out when a write begins and seen when it is committed, so a later place may be
/// seen first: what is missing before it is looked for until it comes or its patience ends, because the write was rolled back. Pure, time passed in.
/// </summary>
/// <param name="last">Everything up to here counts as seen.</param>
/// <param name="gapsMax">Of more, the oldest are given up.</param>
internal sealed class PlaceGaps(long last, TimeSpan patience, int gapsMax)
{
    private readonly List<(long From, long To, DateTimeOffset Since)> _gaps = [];

    /// <summary>The latest place that was seen.</summary>
    public long Last { get; private set; } = last;

    /// <summary>Whoever goes on from here misses nothing that may still come.</summary>
    public long Safe => _gaps.Count == 0 ? Last : _gaps.Min(g => g.From) - 1;

    /// <summary>Stretches that are worth looking for, both ends included.</summary>
    public IReadOnlyList<(long From, long To)> Missing(DateTimeOffset now)
    {
        _gaps.RemoveAll(g => g.Since + patience <= now);
        return [.. _gaps.Select(g => (g.From, g.To))];
    }

    /// <returns>Whether it is news.</returns>
    public bool See(long place, DateTimeOffset now)
    {
        if (place > Last)
        {
            if (place > Last + 1)
            {
                Add((Last + 1, place - 1, now));
            }

            Last = place;
            return true;
        }

        var at = _gaps.FindIndex(g => g.From <= place && place <= g.To);
        if (at < 0)
        {
            return false;
        }

        var (from, to, since) = _gaps[at];
        _gaps.RemoveAt(at);
        if (place < to)
        {
            Insert(at, (place + 1, to, since));
        }

        if (from < place)
        {
            Insert(at, (from, place - 1, since));
        }

        return true;
    }

    private void Add((long, long, DateTimeOffset) gap) => Insert(_gaps.Count, gap);

    private void Insert(int at, (long, long, DateTimeOffset) gap)
    {
        _gaps.Insert(at, gap);
        if (_gaps.Count > gapsMax)
        {
            _gaps.RemoveAt(0);
        }
    }
}
