namespace Url2Video.Farm.Node.Work;

/// <summary>Some at the same time, or one alone, in the order in which they came. Safe for any thread.</summary>
internal sealed class SharedOrAlone(int togetherMax) : IDisposable
{
    private readonly SemaphoreSlim _door = new(1, 1);
    private readonly SemaphoreSlim _places = new(togetherMax, togetherMax);

    /// <summary>Completes when there is a place; it is held until what is returned is disposed of.</summary>
    /// <exception cref="OperationCanceledException">No place is held.</exception>
    public async ValueTask<IDisposable> EnterAsync(bool isAlone, CancellationToken cancellation)
    {
        await _door.WaitAsync(cancellation).ConfigureAwait(false); // Two that want all places would each hold some for ever.
        var held = 0;
        try
        {
            for (var wanted = isAlone ? togetherMax : 1; held < wanted; held++)
            {
                await _places.WaitAsync(cancellation).ConfigureAwait(false);
            }

            return new Stay(_places, held);
        }
        catch
        {
            _ = held > 0 ? _places.Release(held) : 0;
            throw;
        }
        finally
        {
            _door.Release();
        }
    }

    public void Dispose()
    {
        _door.Dispose();
        _places.Dispose();
    }

    private sealed class Stay(SemaphoreSlim places, int held) : IDisposable
    {
        private bool _isOver;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _isOver, true))
            {
                places.Release(held);
            }
        }
    }
}
