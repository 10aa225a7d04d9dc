using Url2Video.Farm.Core;

namespace Url2Video.Farm.Cluster.Artifacts.Transfer;

/// <summary>Breaks a transfer off when no byte moved for <see cref="Limits.TransferIdleSecondsMax"/>.</summary>
internal sealed class IdleTimer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(Limits.TransferIdleSecondsMax);
    private readonly CancellationTokenSource _idle;
    private readonly CancellationTokenSource _either;

    public IdleTimer(TimeProvider clock, CancellationToken outer)
    {
        _idle = new CancellationTokenSource(Patience, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_idle.Token, outer);
    }

    public CancellationToken Token => _either.Token;

    /// <summary>A byte moved.</summary>
    public void Touch() => _idle.CancelAfter(Patience);

    public void Dispose()
    {
        _either.Dispose();
        _idle.Dispose();
    }
}

/// <summary>Reads on, and says so. The inner stream belongs to the caller.</summary>
internal sealed class WatchedStream(Stream inner, IdleTimer idle) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        idle.Touch();
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = inner.Read(buffer, offset, count);
        idle.Touch();
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
