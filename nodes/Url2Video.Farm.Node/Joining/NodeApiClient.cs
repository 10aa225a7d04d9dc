using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Url2Video.Farm.Cluster.Link;
using Url2Video.Farm.Cluster.Security;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Node.Joining;

/// <summary>The node's side of enrolment, sessions and renewal. Answers are bounded; every failure becomes a <see cref="FarmException"/>.</summary>
internal sealed class NodeApiClient(ServerTrust trust, TimeProvider clock) : IDisposable
{
    private const int AnswerBytesMax = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpMessageInvoker _http = new(trust.NewHandler());
    private TimeSpan _serverIsAhead;

    /// <summary>Also opens the link's WebSocket.</summary>
    public HttpMessageInvoker Http => _http;

    /// <exception cref="FarmException"><c>ERR_JOIN_REFUSED</c>: the server belongs to another farm than the token. <c>ERR_SERVER_UNREACHABLE</c>.</exception>
    public static async Task<byte[]> FetchAuthorityAsync(Uri server, string fingerprint, CancellationToken cancellation)
    {
        using var http = new HttpMessageInvoker(ServerTrust.NewUnverifiedHandler());
        var (status, body, _) = await SendAsync(http, new HttpRequestMessage(HttpMethod.Get, new Uri(server, NodeRoutes.Authority)), cancellation).ConfigureAwait(false);
        return status == HttpStatusCode.OK && ServerTrust.Fits(body, fingerprint)
            ? body
            : throw new FarmException(ErrorCodes.JoinRefused, $"{server.Authority} is not the farm that the token was made for.", "Check the address, or ask for a token of that farm.");
    }

    public Task<EnrolReply> EnrolAsync(Uri server, EnrolRequest request, CancellationToken cancellation) =>
        PostAsync(server, NodeRoutes.Enrol, request, NodeApiJson.Default.EnrolRequest, NodeApiJson.Default.EnrolReply, null, cancellation);

    public Task<EnrolReply> RenewAsync(Uri server, RenewRequest request, string session, CancellationToken cancellation) =>
        PostAsync(server, NodeRoutes.Renew, request, NodeApiJson.Default.RenewRequest, NodeApiJson.Default.EnrolReply, session, cancellation);

    /// <summary>Signs with the identity's key; when the clocks differ too much, once more by the server's.</summary>
    public async Task<SessionReply> OpenSessionAsync(Uri server, NodeIdentity identity, CancellationToken cancellation)
    {
        var ahead = _serverIsAhead;
        try
        {
            return await OpenOnceAsync(server, identity, cancellation).ConfigureAwait(false);
        }
        catch (FarmException fault) when (fault.Error is { Code: ErrorCodes.JoinRefused, Retryable: true } && _serverIsAhead != ahead)
        {
            return await OpenOnceAsync(server, identity, cancellation).ConfigureAwait(false);
        }
    }

    public Task<SessionReply> OpenSessionAsync(Uri server, SessionRequest request, CancellationToken cancellation = default) =>
        PostAsync(server, NodeRoutes.Session, request, NodeApiJson.Default.SessionRequest, NodeApiJson.Default.SessionReply, null, cancellation);

    public void Dispose() => _http.Dispose();

    private Task<SessionReply> OpenOnceAsync(Uri server, NodeIdentity identity, CancellationToken cancellation)
    {
        var (at, nonce) = ((clock.GetUtcNow() + _serverIsAhead).ToUnixTimeMilliseconds(), SessionProof.NewNonce());
        var (certificate, signature) = identity.Sign(bytes => SessionProof.BytesOf(bytes, at, nonce));
        return OpenSessionAsync(server, new SessionRequest(certificate, at, nonce, Convert.ToBase64String(signature)), cancellation);
    }

    private async Task<TReply> PostAsync<TRequest, TReply>(
        Uri server, string route, TRequest body, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TReply> replyType, string? session, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, route));
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, requestType));
        request.Content.Headers.ContentType = new("application/json");
        if (session is not null)
        {
            request.Headers.Authorization = new("Bearer", session);
        }

        var (status, answer, date) = await SendAsync(_http, request, cancellation).ConfigureAwait(false);
        if (status != HttpStatusCode.OK)
        {
            _serverIsAhead = date is { } theirs ? theirs - clock.GetUtcNow() : _serverIsAhead;
            throw new FarmException(ProblemOf(server, status, answer));
        }

        try
        {
            return JsonSerializer.Deserialize(answer, replyType) ?? throw new JsonException("null");
        }
        catch (JsonException fault)
        {
            throw new FarmException(ErrorCodes.ServerUnreachable, $"{server.Authority} does not answer as a server of a farm does.", "Check the address.", cause: fault);
        }
    }

    private static async Task<(HttpStatusCode Status, byte[] Body, DateTimeOffset? Date)> SendAsync(
        HttpMessageInvoker http, HttpRequestMessage request, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            using var response = await http.SendAsync(request, patience.Token).ConfigureAwait(false);
            var stream = await response.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                var body = new byte[AnswerBytesMax];
                var count = await stream.ReadAtLeastAsync(body, AnswerBytesMax, throwOnEndOfStream: false, patience.Token).ConfigureAwait(false);
                return (response.StatusCode, body[..count], response.Headers.Date);
            }
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            throw new FarmException(ErrorCodes.ServerUnreachable, $"{request.RequestUri!.Authority} cannot be reached: {fault.Message}", "Check the address and that the server runs.", retryable: true, fault);
        }
    }

    private static FarmError ProblemOf(Uri server, HttpStatusCode status, byte[] answer)
    {
        try
        {
            using var problem = JsonDocument.Parse(answer);
            string? Text(string name) => problem.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            if (problem.RootElement.ValueKind == JsonValueKind.Object && Text("code") is { Length: <= 64 } code)
            {
                var retryable = problem.RootElement.TryGetProperty("retryable", out var flag) && flag.ValueKind == JsonValueKind.True;
                return new(code, Text("detail") ?? code, Text("hint"), retryable);
            }
        }
        catch (JsonException)
        {
            // Not from a farm: said below.
        }

        return new(ErrorCodes.ServerUnreachable, $"{server.Authority} answers with HTTP {(int)status}.", "Check that it is a server of a farm.", Retryable: (int)status >= 500);
    }
}
