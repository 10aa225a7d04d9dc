using System.Collections.Immutable;
using System.Data.Common;
using Url2Video.Farm.Cluster.Membership;
using Url2Video.Farm.Cluster.Store;

namespace Url2Video.Farm.Cluster.Artifacts.Peers;

/// <summary>The other servers of the farm.</summary>
internal interface IPeers
{
    /// <summary>Base addresses of those seen lately, without this one.</summary>
    ValueTask<ImmutableArray<Uri>> OthersAsync(CancellationToken cancellation);
}

/// <summary>From farm_server, remembered for a second or two: every new artifact asks.</summary>
/// <param name="self">The URL in this server's own row.</param>
internal sealed class RegisteredPeers(FarmDatabase database, Uri self, TimeProvider clock) : IPeers
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(2);

    private readonly ServerRegistry _registry = new(database);
    private volatile Known _known = new([], null);

    public async ValueTask<ImmutableArray<Uri>> OthersAsync(CancellationToken cancellation)
    {
        var known = _known;
        if (known.At is { } at && clock.GetElapsedTime(at) < GoodFor)
        {
            return known.Others;
        }

        try
        {
            var rows = await _registry.ReadAsync(cancellation).ConfigureAwait(false);
            var others = rows.Live
                .Select(r => Uri.TryCreate(r.Url, UriKind.Absolute, out var url) ? url : null)
                .OfType<Uri>()
                .Where(u => u.Scheme == Uri.UriSchemeHttp || u.Scheme == Uri.UriSchemeHttps)
                .Where(u => u != self)
                .Distinct();
            known = new([.. others], clock.GetTimestamp());
        }
        catch (Exception fault) when (fault is DbException or TimeoutException or IOException)
        {
            known = known with { At = clock.GetTimestamp() }; // The store is away: those known last may still live.
        }

        _known = known;
        return known.Others;
    }

    private sealed record Known(ImmutableArray<Uri> Others, long? At);
}
