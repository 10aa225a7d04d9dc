namespace Url2Video.Farm.Core.Tests.Simulation;

/// <summary>Virtual time and the one queue of everything that will happen. Nothing in a simulation runs outside of it.</summary>
internal sealed class World
{
    public const long Millisecond = 1_000;
    public const long Second = 1_000_000;

    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<Action, (long At, long Sequence)> _queue = new();
    private long _sequence;

    public long Micros { get; private set; }

    public DateTimeOffset Now => Epoch.AddTicks(Micros * TimeSpan.TicksPerMicrosecond);

    public long Steps { get; private set; }

    /// <summary>Of everything that happened, in order: equal seeds must give equal hashes.</summary>
    public ulong Hash { get; private set; } = 1;

    public void After(long micros, Action action) => _queue.Enqueue(action, (Micros + Math.Max(0, micros), _sequence++));

    public void At(DateTimeOffset time, Action action) => After((time - Now).Ticks / TimeSpan.TicksPerMicrosecond, action);

    /// <returns>False when the time was over before the condition held.</returns>
    public bool RunUntil(Func<bool> condition, long micros)
    {
        var end = Micros + micros;
        while (_queue.TryPeek(out var action, out var next) && next.At <= end)
        {
            _queue.Dequeue();
            Micros = next.At;
            Steps++;
            action();
            if (condition())
            {
                return true;
            }
        }

        Micros = end;
        return condition();
    }

    public void Trace(string what, string who, long number = 0)
    {
        var hash = Hash ^ (ulong)Micros;
        foreach (var c in what)
        {
            hash = (hash ^ c) * 0x100000001B3;
        }

        foreach (var c in who)
        {
            hash = (hash ^ c) * 0x100000001B3;
        }

        Hash = SplitMix.Mix(hash ^ (ulong)number);
    }
}

/// <summary>An invariant does not hold.</summary>
internal sealed class ViolationException(string what) : Exception(what);
