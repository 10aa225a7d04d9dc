using System.Data.Common;
using Akka.Cluster;
using Url2Video.Farm.Api.Hosting;
using AkkaCluster = Akka.Cluster.Cluster;

namespace Url2Video.Farm.Api.Health;

/// <param name="Checks">By name, <c>ok</c> or the reason in few words; no addresses, no paths: anybody may read it.</param>
public sealed record ReadyReport(bool IsReady, IReadOnlyDictionary<string, string> Checks);

/// <summary>What a server needs to be of use: its store, its place in the cluster, a disk that can be written.</summary>
internal sealed class ReadyChecks(ApiParts parts) : IDisposable
{
    private const string Ok = "ok";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _one = new(1, 1);
    private ReadyReport? _last;
    private long _lastAt;

    /// <summary>Anybody may ask, so the answer is kept for a second and one look goes on at a time.</summary>
    public async Task<ReadyReport> RunAsync(CancellationToken cancellation)
    {
        if (parts.Readiness.IsStopping)
        {
            return new ReadyReport(false, new Dictionary<string, string> { ["server"] = "stopping" });
        }

        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_last is { } last && parts.Clock.GetElapsedTime(_lastAt) < Believed)
            {
                return last;
            }

            var checks = new Dictionary<string, string>
            {
                ["store"] = await StoreAsync(cancellation).ConfigureAwait(false),
                ["cluster"] = Member(),
                ["artifacts"] = Disk(),
            };
            _lastAt = parts.Clock.GetTimestamp();
            return _last = new ReadyReport(checks.Values.All(v => v == Ok), checks);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<string> StoreAsync(CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            await parts.Database.QueryAsync("SELECT MAX(version) FROM farm_schema", _ => 0, patience.Token).WaitAsync(patience.Token).ConfigureAwait(false);
            return Ok;
        }
        catch (Exception fault) when (fault is DbException or TimeoutException or OperationCanceledException or System.Net.Sockets.SocketException)
        {
            return "unreachable";
        }
    }

    private string Member()
    {
        var status = AkkaCluster.Get(parts.Farm.System).SelfMember.Status;
        return status == MemberStatus.Up ? Ok : status.ToString().ToLowerInvariant();
    }

    private string Disk()
    {
        var probe = Path.Combine(parts.Artifacts.Root, $".ready-{Environment.ProcessId}");
        try
        {
            Directory.CreateDirectory(parts.Artifacts.Root);
            using (File.Create(probe, 1, FileOptions.DeleteOnClose))
            {
                return Ok;
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "not writable";
        }
    }
}
