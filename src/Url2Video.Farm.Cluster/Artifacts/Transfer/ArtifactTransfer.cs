using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Artifacts.Transfer;

/// <summary>One machine that artifacts are fetched from and sent to; asked anew before each try, since links move.</summary>
/// <param name="Base">e.g. <c>https://farm.example/artifacts/</c>.</param>
public sealed record TransferPartner(Uri Base, AuthenticationHeaderValue? Authorization);

/// <summary>Moves artifacts over HTTP: resumed where they broke off, tried again with growing pauses, trusted only when their hash is right.</summary>
/// <param name="partner">Gives the partner and the right to speak to it; a new one for each request (method and path are its arguments).</param>
public sealed class ArtifactTransfer(
    HttpMessageInvoker http, Func<HttpMethod, string, CancellationToken, ValueTask<TransferPartner>> partner, TimeProvider clock, int triesMax = Limits.TransferTriesMax)
{
    private const int StateBytesMax = 4_096;

    /// <summary>A try that moved this much was not in vain: the next one counts as the first.</summary>
    private const long ProgressBytes = 256 * 1024;

    /// <summary>Brings an artifact into the store that <paramref name="parts"/> belongs to.</summary>
    /// <returns>False when the partner does not have it.</returns>
    /// <exception cref="FarmException"><c>ERR_SERVER_UNREACHABLE</c>, <c>ERR_ARTIFACT_CORRUPT</c>, <c>ERR_DISK_FULL</c> after all tries; <c>ERR_FORBIDDEN</c>.</exception>
    public Task<bool> DownloadAsync(ArtifactRef artifact, PartialFiles parts, CancellationToken cancellation) =>
        RetryAsync(artifact, parts.OffsetOf, () => DownloadOnceAsync(artifact, parts, cancellation), cancellation);

    /// <summary>Makes sure that the partner has the artifact, durably.</summary>
    /// <exception cref="FarmException">As <see cref="DownloadAsync"/>; <c>ERR_ARTIFACT_MISSING</c>: it is not in <paramref name="from"/> either.</exception>
    public async Task UploadAsync(ArtifactRef artifact, ArtifactStore from, CancellationToken cancellation)
    {
        var sent = 0L;
        await RetryAsync(
            artifact,
            _ => sent,
            async () =>
            {
                await UploadOnceAsync(artifact, from, offset => sent = offset, cancellation).ConfigureAwait(false);
                return true;
            },
            cancellation).ConfigureAwait(false);
    }

    private async Task<bool> DownloadOnceAsync(ArtifactRef artifact, PartialFiles parts, CancellationToken cancellation)
    {
        var offset = parts.OffsetOf(artifact);
        if (offset >= artifact.Bytes && artifact.Bytes > 0)
        {
            // Either it has come meanwhile, or all bytes are here and were never judged.
            return await parts.AppendAsync(artifact, offset, Stream.Null, cancellation).ConfigureAwait(false) == artifact.Bytes;
        }

        using var idle = new IdleTimer(clock, cancellation);
        using var request = await RequestAsync(HttpMethod.Get, artifact, string.Empty, idle.Token).ConfigureAwait(false);
        if (offset > 0)
        {
            request.Headers.Range = new RangeHeaderValue(offset, null);
        }

        using var answer = await http.SendHeadersAsync(request, idle.Token).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }

        await TransferFaults.ThrowIfRefusedAsync(answer, artifact, idle.Token).ConfigureAwait(false);
        var from = answer.StatusCode == HttpStatusCode.PartialContent ? answer.Content.Headers.ContentRange?.From ?? 0 : 0;
        var body = await answer.Content.ReadAsStreamAsync(idle.Token).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            var stands = await parts.AppendAsync(artifact, from, new WatchedStream(body, idle), idle.Token).ConfigureAwait(false);
            return stands == artifact.Bytes ? true : throw new IOException($"The answer ended at byte {stands} of {artifact.Bytes}.");
        }
    }

    private async Task UploadOnceAsync(ArtifactRef artifact, ArtifactStore from, Action<long> stands, CancellationToken cancellation)
    {
        using var idle = new IdleTimer(clock, cancellation);
        var (offset, isComplete) = await StateAtPartnerAsync(artifact, idle.Token).ConfigureAwait(false);
        stands(offset);
        if (isComplete)
        {
            return;
        }

        var file = new FileStream(from.With(null).PathOf(artifact), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        await using (file.ConfigureAwait(false))
        {
            file.Seek(offset, SeekOrigin.Begin);
            using var request = await RequestAsync(HttpMethod.Put, artifact, string.Empty, idle.Token).ConfigureAwait(false);
            request.Headers.Add(TransferHeaders.UploadOffset, offset.ToString(System.Globalization.CultureInfo.InvariantCulture));
            request.Content = new StreamContent(new WatchedStream(file, idle));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            request.Content.Headers.ContentLength = artifact.Bytes - offset;
            using var answer = await http.SendHeadersAsync(request, idle.Token).ConfigureAwait(false);
            await TransferFaults.ThrowIfRefusedAsync(answer, artifact, idle.Token).ConfigureAwait(false);
        }
    }

    private async Task<(long Offset, bool IsComplete)> StateAtPartnerAsync(ArtifactRef artifact, CancellationToken cancellation)
    {
        using var request = await RequestAsync(HttpMethod.Get, artifact, "/upload", cancellation).ConfigureAwait(false);
        using var answer = await http.SendHeadersAsync(request, cancellation).ConfigureAwait(false);
        await TransferFaults.ThrowIfRefusedAsync(answer, artifact, cancellation).ConfigureAwait(false);
        await answer.Content.LoadIntoBufferAsync(StateBytesMax, cancellation).ConfigureAwait(false);
        using var state = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false));
        var offset = state.RootElement.GetProperty("offset").GetInt64();
        return (offset >= 0 && offset <= artifact.Bytes ? offset : 0, state.RootElement.GetProperty("complete").GetBoolean());
    }

    private async ValueTask<HttpRequestMessage> RequestAsync(HttpMethod method, ArtifactRef artifact, string suffix, CancellationToken cancellation)
    {
        var name = $"{artifact.Id.Sha256}{suffix}";
        var to = await partner(method, name, cancellation).ConfigureAwait(false);
        var request = new HttpRequestMessage(method, new Uri(to.Base, FormattableString.Invariant($"{name}?bytes={artifact.Bytes}")));
        request.Headers.Authorization = to.Authorization;
        return request;
    }

    private async Task<T> RetryAsync<T>(ArtifactRef artifact, Func<ArtifactRef, long> stands, Func<Task<T>> once, CancellationToken cancellation)
    {
        var (tries, best) = (0, stands(artifact));
        while (true)
        {
            Exception? fault;
            try
            {
                return await once().ConfigureAwait(false);
            }
            catch (Exception e) when (TransferFaults.IsWorthAnother(e, cancellation))
            {
                fault = e;
            }

            var now = stands(artifact);
            tries = now >= best + ProgressBytes ? 1 : tries + 1;
            best = Math.Max(best, now);
            if (tries >= triesMax)
            {
                throw TransferFaults.GivenUp(artifact, fault);
            }

            var pause = Math.Min(Limits.TransferBackoffMillisMax, (long)Limits.TransferBackoffMillis << Math.Min(tries - 1, 10));
            await Task.Delay(TimeSpan.FromMilliseconds(pause), clock, cancellation).ConfigureAwait(false);
        }
    }
}
