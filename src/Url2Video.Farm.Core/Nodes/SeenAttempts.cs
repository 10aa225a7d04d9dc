using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Nodes;

/// <summary>The highest attempt seen of each of the latest jobs; the oldest job is forgotten beyond the bound.</summary>
public sealed record SeenAttempts
{
    public static readonly SeenAttempts None = new();

    private ImmutableSortedDictionary<string, long> ByJob { get; init; } =
        ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);

    private ImmutableQueue<string> Order { get; init; } = [];

    public int Count => ByJob.Count;

    /// <returns>0 when the job was not seen, or so long ago that it is forgotten.</returns>
    public long Of(JobId job) => ByJob.GetValueOrDefault(job.ToString());

    public SeenAttempts With(JobId job, long attempt)
    {
        var key = job.ToString();
        if (ByJob.TryGetValue(key, out var seen))
        {
            return seen >= attempt ? this : this with { ByJob = ByJob.SetItem(key, attempt) };
        }

        var (byJob, order) = (ByJob.Add(key, attempt), Order.Enqueue(key));
        while (byJob.Count > Limits.AttemptsRememberedPerNodeMax)
        {
            order = order.Dequeue(out var oldest);
            byJob = byJob.Remove(oldest);
        }

        return this with { ByJob = byJob, Order = order };
    }
}
