using System.Collections.Immutable;

namespace Url2Video.Farm.Content.Writing;

/// <summary>
/// A growing choice of sentences. One that leans on the sentence before it is only there together with it.
/// </summary>
/// <param name="millis">By index of the sentence: how long its scenes are.</param>
/// <param name="leans">By index: begins with a word that points back.</param>
internal sealed class Selection(ImmutableArray<Sentence> sentences, int[] millis, bool[] leans)
{
    private const int RoundsMax = 12;

    /// <summary>Enough to find a length; all pairs of a long text would take seconds.</summary>
    private const int TriedMax = 120;

    private readonly SortedSet<int> _picked = [];
    private long _total;

    public int Count => _picked.Count;

    public ImmutableArray<Sentence> Sentences => [.. _picked.Select(i => sentences[i])];

    public bool CanAdd(int index) =>
        !_picked.Contains(index)
        && (!leans[index] || (_picked.Contains(index - 1) && sentences[index - 1].Section == sentences[index].Section));

    public void Add(int index)
    {
        _picked.Add(index);
        _total += millis[index];
    }

    /// <summary>Adds, drops or exchanges single sentences until the whole is as long as wanted, losing as little worth as possible.</summary>
    /// <param name="unused">What may still come in.</param>
    /// <param name="countMin">Not fewer than these stay.</param>
    public void Approach(int wanted, List<Sentence> unused, double[] scores, int countMin)
    {
        var pool = unused.OrderByDescending(s => scores[s.Index]).ThenBy(s => s.Index).Take(TriedMax).Select(s => s.Index).ToList();
        for (var round = 0; round < RoundsMax && Off(_total, wanted) > 0; round++)
        {
            var moves =
                from leaving in _picked.Where(CanLeave).Take(TriedMax).Append(-1)
                from coming in pool.Where(i => CanAdd(i) && i - 1 != leaving).Append(-1)
                where (leaving >= 0 || coming >= 0) && (coming >= 0 || _picked.Count > countMin)
                let off = Off(_total - MillisOf(leaving) + MillisOf(coming), wanted)
                let worth = (coming < 0 ? 0 : scores[coming]) - (leaving < 0 ? 0 : scores[leaving])
                orderby off, worth descending, leaving, coming
                select (leaving, coming, off);
            var (outgoing, incoming, reached) = moves.FirstOrDefault((-1, -1, long.MaxValue));
            if (reached >= Off(_total, wanted))
            {
                return;
            }

            if (outgoing >= 0)
            {
                _picked.Remove(outgoing);
                _total -= millis[outgoing];
                pool.Add(outgoing);
            }

            if (incoming >= 0)
            {
                Add(incoming);
                pool.Remove(incoming);
            }
        }
    }

    /// <summary>Nothing that stays may lean on it.</summary>
    private bool CanLeave(int index) => !(index + 1 < leans.Length && leans[index + 1] && _picked.Contains(index + 1));

    private long MillisOf(int index) => index < 0 ? 0 : millis[index];

    private static long Off(long total, long wanted) => Math.Max(0, Math.Abs(total - wanted) - Pace.MsOffMin(wanted));
}
