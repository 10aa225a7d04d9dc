using System.Net;
using System.Text.Json;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Artifacts.Transfer;

/// <summary>What went wrong on the way, and whether another try may help.</summary>
internal static class TransferFaults
{
    private const int ProblemBytesMax = 16 * 1024;

    /// <exception cref="FarmException">The code of the partner's problem document, or one that fits the status.</exception>
    public static async Task ThrowIfRefusedAsync(HttpResponseMessage answer, ArtifactRef artifact, CancellationToken cancellation)
    {
        if (answer.IsSuccessStatusCode)
        {
            return;
        }

        var status = (int)answer.StatusCode;
        var code = await CodeOfAsync(answer, cancellation).ConfigureAwait(false) ?? answer.StatusCode switch
        {
            HttpStatusCode.Unauthorized => ErrorCodes.Unauthorized,
            HttpStatusCode.Forbidden => ErrorCodes.Forbidden,
            HttpStatusCode.NotFound => ErrorCodes.ArtifactMissing,
            HttpStatusCode.Conflict => ErrorCodes.Conflict,
            HttpStatusCode.InsufficientStorage => ErrorCodes.DiskFull,
            _ => ErrorCodes.Network,
        };

        // A session may have ended amid the transfer: the next try has a new one. A second writer ends, a full disk is mended.
        var isWorthAnother = status >= 500 || status is 401 or 408 or 409 or 416 or 429 || code == ErrorCodes.ArtifactCorrupt;
        throw new FarmException(code, $"The server answered {status} for artifact {artifact.Id}.", retryable: isWorthAnother);
    }

    public static bool IsWorthAnother(Exception fault, CancellationToken cancellation) => !cancellation.IsCancellationRequested && fault switch
    {
        FarmException { Error: { Retryable: true, Code: not ErrorCodes.NotWritable } } => true,
        FarmException => false,
        HttpRequestException or IOException or OperationCanceledException or TimeoutException => true,
        JsonException or InvalidOperationException or KeyNotFoundException or FormatException => true, // Not our server answered: a proxy, most likely.
        _ => false,
    };

    public static FarmException GivenUp(ArtifactRef artifact, Exception fault) => fault is FarmException { Error.Code: not (ErrorCodes.Network or ErrorCodes.Conflict) } known
        ? known
        : new FarmException(
            ErrorCodes.ServerUnreachable,
            $"Artifact {artifact.Id} could not be moved: {fault.Message}",
            "Check the network between this machine and the farm's servers.",
            retryable: true,
            fault);

    private static async Task<string?> CodeOfAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
            {
                return null;
            }

            await answer.Content.LoadIntoBufferAsync(ProblemBytesMax, cancellation).ConfigureAwait(false);
            using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false));
            var code = problem.RootElement.TryGetProperty("code", out var c) ? c.GetString() : null;
            return code is not null && ErrorCodes.All.Contains(code) ? code : null;
        }
        catch (Exception fault) when (fault is JsonException or HttpRequestException or IOException or InvalidOperationException)
        {
            return null;
        }
    }
}
