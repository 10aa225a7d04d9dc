namespace Url2Video.Farm.Cluster.Artifacts.Transfer;

internal static class InvokerExtensions
{
    /// <summary>Returns when the headers are there, whichever of the two clients it is: an HttpClient would read the whole body first.</summary>
    public static Task<HttpResponseMessage> SendHeadersAsync(this HttpMessageInvoker http, HttpRequestMessage request, CancellationToken cancellation) =>
        http is HttpClient client ? client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation) : http.SendAsync(request, cancellation);
}
