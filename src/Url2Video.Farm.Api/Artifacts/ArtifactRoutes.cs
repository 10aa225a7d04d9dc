using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using Url2Video.Farm.Api.Problems;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Artifacts.Transfer;
using Url2Video.Farm.Cluster.Security;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Artifacts;

/// <summary>How far a file has come.</summary>
/// <param name="Offset">Where to go on.</param>
internal sealed record UploadState(long Offset, long Bytes, bool Complete);

/// <summary>Reading and writing artifacts over HTTP, for nodes and for the other servers alike.</summary>
/// <param name="store">What is written is told to whatever stands behind it.</param>
/// <param name="bring">Fetches from elsewhere what is not here; null: what is not here is not there.</param>
internal sealed partial class ArtifactRoutes(
    ArtifactStore store, PartialFiles parts, Func<ArtifactRef, CancellationToken, Task<bool>>? bring, ILogger log)
{
    private const string Immutable = "private, max-age=31536000, immutable";

    private int _uploads;

    public async Task<IResult> GetAsync(HttpContext context, string sha256, long? bytes)
    {
        var wanted = new ArtifactId(NameOf(sha256));
        var found = store.Find(wanted);
        if (bytes is { } length && found?.Bytes != length)
        {
            var whole = new ArtifactRef(wanted, LengthOf(length));
            found = bring is not null && await bring(whole, context.RequestAborted).ConfigureAwait(false) ? whole : null;
        }

        if (found is not { } artifact)
        {
            throw new FarmException(ErrorCodes.ArtifactMissing, $"Artifact {wanted} is on no server of the farm.");
        }

        var path = store.With(null).PathOf(artifact);
        context.Response.Headers.CacheControl = Immutable;
        return TypedResults.PhysicalFile(
            path, "application/octet-stream", entityTag: new EntityTagHeaderValue($"\"{wanted}\""), enableRangeProcessing: true);
    }

    public UploadState State(string sha256, long? bytes)
    {
        var artifact = RefOf(sha256, bytes);
        return new UploadState(parts.OffsetOf(artifact), artifact.Bytes, store.Claim(artifact)); // Whoever hears that it is there does not send it.
    }

    public async Task<IResult> PutAsync(HttpContext context, string sha256, long? bytes)
    {
        var artifact = RefOf(sha256, bytes);
        var offset = OffsetOf(context.Request, artifact);
        if (Interlocked.Increment(ref _uploads) > Limits.UploadsAtOnceMax)
        {
            Interlocked.Decrement(ref _uploads);
            context.Response.Headers.RetryAfter = "1";
            throw new FarmException(ErrorCodes.FarmBusy, "Too many files are being sent to this server.", "Try again in a second.", retryable: true);
        }

        try
        {
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
            {
                body.MaxRequestBodySize = artifact.Bytes - offset;
            }

            var wasHere = store.Claim(artifact);
            var stands = await parts.AppendAsync(artifact, offset, context.Request.Body, context.RequestAborted).ConfigureAwait(false);
            var status = stands < artifact.Bytes ? StatusCodes.Status202Accepted : wasHere ? StatusCodes.Status200OK : StatusCodes.Status201Created;
            return TypedResults.Json(new UploadState(stands, artifact.Bytes, stands == artifact.Bytes), Hosting.ApiJson.Options, statusCode: status);
        }
        catch (FarmException fault) when (fault.Error.Code == ErrorCodes.ArtifactCorrupt)
        {
            Refused(log, NameOf(context), artifact.Id, fault.Error.Code);
            await ProblemAnswer.WriteAsync(context, fault.Error, StatusCodes.Status422UnprocessableEntity).ConfigureAwait(false);
            return TypedResults.Empty;
        }
        catch (FarmException fault)
        {
            Refused(log, NameOf(context), artifact.Id, fault.Error.Code);
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _uploads);
        }
    }

    /// <summary>Of the node that asks; of a server, when it is one.</summary>
    private static string NameOf(HttpContext context) => context.Features.Get<NodeSession>()?.Node.Value ?? "a server";

    private static long OffsetOf(HttpRequest request, ArtifactRef artifact)
    {
        var text = request.Headers[TransferHeaders.UploadOffset].ToString();
        if (text.Length == 0)
        {
            return 0;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var offset) && offset <= artifact.Bytes
            ? offset
            : throw new FarmException(ErrorCodes.InvalidArgument, "Upload-Offset is not a place in the file.");
    }

    private static ArtifactRef RefOf(string sha256, long? bytes) => new(
        new ArtifactId(NameOf(sha256)), LengthOf(bytes ?? throw new FarmException(ErrorCodes.InvalidArgument, "The length is missing.", "Add ?bytes=N.")));

    private static string NameOf(string sha256) => Sha256Text.IsOne(sha256)
        ? sha256
        : throw new FarmException(ErrorCodes.NotFound, "An artifact is named by 64 lower-case hexadecimal characters.");

    private static long LengthOf(long bytes) => bytes switch
    {
        < 0 => throw new FarmException(ErrorCodes.InvalidArgument, "A length is not negative."),
        > Limits.ArtifactBytesMax => throw new FarmException(ErrorCodes.TooLarge, $"An artifact has at most {Limits.ArtifactBytesMax} bytes."),
        _ => bytes,
    };

    [LoggerMessage(LogLevel.Warning, "{Who} could not store artifact {Artifact}: {Code}")]
    private static partial void Refused(ILogger log, string who, ArtifactId artifact, string code);
}
