using System.Collections.Concurrent;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Artifacts.Peers;

/// <summary>
/// Servers that did not answer just now: nobody else waits for them again within <see cref="Limits.PeerDeadSeconds"/>. As many as the register
/// names. Safe for any thread.
/// </summary>
internal sealed class DeadPeers(TimeProvider clock)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(Limits.PeerDeadSeconds);

    private readonly ConcurrentDictionary<Uri, long> _since = new();

    public bool Has(Uri peer)
    {
        if (!_since.TryGetValue(peer, out var since))
        {
            return false;
        }

        if (clock.GetElapsedTime(since) < Remembered)
        {
            return true;
        }

        _since.TryRemove(new(peer, since));
        return false;
    }

    /// <summary>A server that answers, with whatever refusal, is none.</summary>
    public void Told(Uri peer, FarmException fault)
    {
        if (fault.Error.Code == ErrorCodes.ServerUnreachable)
        {
            _since[peer] = clock.GetTimestamp();
        }
    }
}
