using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Hosting;

/// <summary>
/// Between the farm and one watcher that may be slow: figures replace each other, other news are kept up to a bound, the last
/// word is never lost. One reader, any number of writers.
/// </summary>
internal sealed class ProgressMailbox : IDisposable
{
    private const int NewsMax = 256;

    private readonly Lock _gate = new();
    private readonly Queue<FarmProgress> _news = new();
    private readonly SemaphoreSlim _signal = new(0, 1);
    private FarmProgress.Work? _figures;
    private FarmProgress.Finished? _end;
    private FarmError? _refusal;

    public void Post(FarmProgress progress)
    {
        lock (_gate)
        {
            switch (progress)
            {
                case FarmProgress.Work figures:
                    _figures = figures;
                    break;
                case FarmProgress.Finished end:
                    _end = end;
                    break;
                default:
                    _news.Enqueue(progress);
                    if (_news.Count > NewsMax)
                    {
                        _news.Dequeue();
                    }

                    break;
            }

            Wake();
        }
    }

    /// <summary>Nothing will ever come: the reader gets this as an exception.</summary>
    public void Refuse(FarmError reason)
    {
        lock (_gate)
        {
            _refusal = reason;
            Wake();
        }
    }

    /// <summary>Waits for something and takes it: news first, then figures, then the last word.</summary>
    /// <exception cref="FarmException">What <see cref="Refuse"/> was told.</exception>
    public async Task<FarmProgress> TakeAsync(CancellationToken cancellation)
    {
        while (true)
        {
            lock (_gate)
            {
                if (_news.TryDequeue(out var news))
                {
                    return news;
                }

                if (_figures is { } figures)
                {
                    _figures = null;
                    return figures;
                }

                if (_end is { } end)
                {
                    return end;
                }

                if (_refusal is { } refusal)
                {
                    throw new FarmException(refusal);
                }
            }

            await _signal.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    public void Dispose() => _signal.Dispose();

    private void Wake()
    {
        if (_signal.CurrentCount == 0)
        {
            _signal.Release();
        }
    }
}
