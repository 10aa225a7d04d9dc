using Url2Video.Farm.Core;

namespace Url2Video.Farm.Node.Joining;

/// <summary>The node's session with the farm; opened when it is needed, again before it ends. Safe for any thread.</summary>
internal sealed class SessionKeeper(NodeApiClient client, NodeIdentity identity, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(Limits.NodeSessionSeconds / 4);

    private readonly SemaphoreSlim _one = new(1, 1);
    private string? _token;
    private DateTimeOffset _until;

    /// <exception cref="Core.Errors.FarmException">See <see cref="NodeApiClient.OpenSessionAsync"/>.</exception>
    public async ValueTask<string> TokenAsync(Uri server, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_token is null || clock.GetUtcNow() + Reserve > _until)
            {
                var now = clock.GetUtcNow();
                var reply = await client.OpenSessionAsync(server, identity, cancellation).ConfigureAwait(false);

                // By this machine's clock, which may differ from the server's: only the length of a session is known for sure.
                (_token, _until) = (reply.Session, now.AddSeconds(Limits.NodeSessionSeconds));
            }

            return _token;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The server does not know it (any more).</summary>
    public void Drop() => _token = null;

    public void Dispose() => _one.Dispose();
}
