using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Node.Running;

/// <summary>Where attempts find and leave their files.</summary>
internal interface IAttemptFiles
{
    /// <summary>The view of one attempt; what it uses is kept on this machine until it is disposed of.</summary>
    IAttemptView Open(Lease lease, CancellationToken stop);
}

/// <summary>The store as one attempt sees it.</summary>
internal interface IAttemptView : IDisposable
{
    ArtifactStore Store { get; }

    /// <summary>Returns when everything that the attempt has stored so far is where the farm finds it.</summary>
    /// <exception cref="Core.Errors.FarmException"><c>ERR_SERVER_UNREACHABLE</c> after all tries.</exception>
    Task DeliverAsync(CancellationToken cancellation);
}

/// <summary>Node and farm share one store: nothing is to be brought or sent.</summary>
internal sealed class SharedFiles(ArtifactStore store) : IAttemptFiles, IAttemptView
{
    public ArtifactStore Store => store;

    public IAttemptView Open(Lease lease, CancellationToken stop) => this;

    public Task DeliverAsync(CancellationToken cancellation) => Task.CompletedTask;

    public void Dispose()
    {
    }
}
