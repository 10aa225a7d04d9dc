using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Artifacts.Transfer;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Node.Remote;

/// <summary>
/// Results as a node finds them: those the farm has accepted, then those this node made itself and whose files it still has, which are sent again if
/// need be. A server that does not answer costs a repetition of the work, never the job.
/// </summary>
internal sealed class RemoteResults(IServerAddress server, HttpMessageInvoker http, RemoteArtifacts artifacts, IResultIndex here) : IResultIndex
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async ValueTask<JobResult?> FindAsync(string name, CancellationToken cancellation)
    {
        if (await AskAsync(name, cancellation).ConfigureAwait(false) is { } known)
        {
            return known;
        }

        if (await here.FindAsync(name, cancellation).ConfigureAwait(false) is not { } own)
        {
            return null;
        }

        await artifacts.SendAsync(ArtifactsOf.Result(own), cancellation).ConfigureAwait(false);
        return own;
    }

    /// <summary>Here only: what the farm keeps is for it to say, when the project has accepted the result.</summary>
    public ValueTask KeepAsync(string name, JobResult result, bool replace, CancellationToken cancellation) =>
        here.KeepAsync(name, result, replace, cancellation);

    private async Task<JobResult?> AskAsync(string name, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Current, FarmRoutesOfNodes.Results + name));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await server.TokenAsync(patience.Token).ConfigureAwait(false));
            using var answer = await http.SendHeadersAsync(request, patience.Token).ConfigureAwait(false);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                return null;
            }

            await answer.Content.LoadIntoBufferAsync(FarmJson.BytesMax, patience.Token).ConfigureAwait(false);
            return (JobResult)FarmJson.Read(await answer.Content.ReadAsByteArrayAsync(patience.Token).ConfigureAwait(false), typeof(JobResult));
        }
        catch (Exception fault) when (
            fault is HttpRequestException or IOException or JsonException or NotSupportedException or FarmException
            || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }
}
