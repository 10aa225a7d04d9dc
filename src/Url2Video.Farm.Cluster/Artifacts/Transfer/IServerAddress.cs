namespace Url2Video.Farm.Cluster.Artifacts.Transfer;

/// <summary>Which server a node talks to now, and by what right. The link implements it; it changes when the link moves to another server.</summary>
public interface IServerAddress
{
    /// <summary>Base address, e.g. <c>https://farm.example:8443/</c>.</summary>
    Uri Current { get; }

    /// <summary>A session token that is good for the next minute at least; waits while the link is down.</summary>
    ValueTask<string> TokenAsync(CancellationToken cancellation);
}
