using System.Net.Http.Headers;
using System.Net.Http.Json;
using Url2Video.Farm.Cluster.Artifacts.Transfer;
using Url2Video.Farm.Cluster.JobLogs;
using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Node.Remote;

/// <summary>Tells a server of the logs that this node's attempts left.</summary>
internal sealed class RemoteJobLogs(IServerAddress server, HttpMessageInvoker http) : IJobLogSink
{
    /// <exception cref="HttpRequestException">No server took it.</exception>
    public async Task AddAsync(JobLogEntry entry, CancellationToken cancellation = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Current, FarmRoutesOfNodes.JobLogs))
        {
            Content = JsonContent.Create(JobLogReport.Of(entry), JobLogJson.Default.JobLogReport),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await server.TokenAsync(cancellation).ConfigureAwait(false));
        using var answer = await http.SendHeadersAsync(request, cancellation).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
    }
}
