using Url2Video.Farm.Core.Contracts;

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

            if (_signal.CurrentCount == 0)
            {
                _signal.Release();
            }
        }
    }

    /// <summary>Waits for something and takes it: news first, then figures, then the last word.</summary>
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
            }

            await _signal.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    public void Dispose() => _signal.Dispose();
}
