using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Artifacts.Transfer;
using Url2Video.Farm.Core;
using Url2Video.Farm.Node.Running;

namespace Url2Video.Farm.Node.Remote;

/// <summary>
/// The artifacts of a farm as a node without a shared disk has them: fetched when a work looks at them, kept in a bounded cache, and what an
/// attempt made is sent before its result is told. Lives as long as the node.
/// </summary>
internal sealed class RemoteArtifacts : IAttemptFiles, IAsyncDisposable
{
    private readonly ArtifactTransfer _transfer;
    private readonly ConcurrentDictionary<ArtifactRef, Lazy<Task<bool>>> _coming = new();
    private readonly CancellationTokenSource _stop = new();

    /// <param name="root">Folder of the cache; of this process alone.</param>
    /// <param name="http">Trusts the farm's servers; transfers watch their time themselves.</param>
    /// <param name="cacheBytesMax">What the cache may hold beyond what is in use.</param>
    public RemoteArtifacts(string root, IServerAddress server, HttpMessageInvoker http, TimeProvider clock, long cacheBytesMax, int triesMax = Limits.TransferTriesMax)
    {
        Here = new ArtifactStore(root);
        Here.SweepIncoming();
        Cache = new NodeCache(root, cacheBytesMax);
        Cache.Load();
        Parts = new PartialFiles(Here, clock);
        Parts.Sweep();
        _transfer = new ArtifactTransfer(
            http,
            async (_, _, cancellation) =>
            {
                var token = await server.TokenAsync(cancellation).ConfigureAwait(false);
                return new TransferPartner(new Uri(server.Current, FarmRoutesOfNodes.Artifacts), new AuthenticationHeaderValue("Bearer", token));
            },
            clock,
            triesMax);
    }

    /// <summary>The cache folder alone.</summary>
    public ArtifactStore Here { get; }

    internal NodeCache Cache { get; }

    private PartialFiles Parts { get; }

    public IAttemptView Open(Lease lease, CancellationToken stop) => new RemoteView(this, stop);

    /// <summary>Makes sure that the farm has these; asks for each, sends what is missing.</summary>
    public Task SendAsync(IEnumerable<ArtifactRef> artifacts, CancellationToken cancellation) => Parallel.ForEachAsync(
        artifacts,
        new ParallelOptions { MaxDegreeOfParallelism = Limits.TransfersAtOncePerAttemptMax, CancellationToken = cancellation },
        async (artifact, c) => await _transfer.UploadAsync(artifact, Here, c).ConfigureAwait(false));

    /// <summary>Several attempts may want the same artifact at once; it is fetched once, and the end of one attempt does not end the fetch.</summary>
    internal async Task<bool> BringAsync(ArtifactRef artifact, CancellationToken cancellation)
    {
        var coming = _coming.GetOrAdd(artifact, a => new Lazy<Task<bool>>(() => FetchAsync(a)));
        try
        {
            return await coming.Value.WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            if (coming.Value.IsCompleted)
            {
                _coming.TryRemove(new(artifact, coming));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task<bool> FetchAsync(ArtifactRef artifact)
    {
        var isHere = await _transfer.DownloadAsync(artifact, Parts, _stop.Token).ConfigureAwait(false);
        if (isHere)
        {
            Cache.Added(artifact);
        }

        return isHere;
    }
}
