using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Cli.Client;

/// <summary>One file of a film as the farm tells it.</summary>
internal sealed record RemoteFile(string Path, long Bytes, string Sha256, Uri Url);

/// <summary>
/// Fetches the files of a film: what is there and right stays, what was begun goes on where it ended, and nothing gets its name before its
/// hash is right. Signed addresses need no key, and get none.
/// </summary>
internal sealed class Downloader(Films films, Uri server) : IDisposable
{
    private const int RoundsMax = 3;
    private const int AtOnce = 4;
    private static readonly TimeSpan IdleMax = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5), AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <returns>The paths of the files under <paramref name="directory"/>.</returns>
    /// <exception cref="FarmException">ERR_NETWORK, ERR_ARTIFACT_CORRUPT, ERR_FORMAT, ERR_DISK_FULL; what has come is kept for the next try.</exception>
    public async Task<IReadOnlyList<string>> FetchAsync(string id, string directory, CancellationToken cancellation)
    {
        for (var round = 1; ; round++)
        {
            var files = Read(await films.FilesAsync(id, cancellation).ConfigureAwait(false));
            try
            {
                var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
                await Parallel.ForEachAsync(files, options, async (file, token) => await FetchAsync(file, directory, token).ConfigureAwait(false)).ConfigureAwait(false);
                return [.. files.Select(f => f.Path)];
            }
            catch (FarmException fault) when (fault.Error.Retryable && round < RoundsMax)
            {
                // Addresses end, connections break: new addresses, and on from where it was.
            }
        }
    }

    public void Dispose() => _http.Dispose();

    internal IReadOnlyList<RemoteFile> Read(JsonElement answer) =>
    [
        .. answer.GetProperty("data").EnumerateArray().Select(f => new RemoteFile(
            f.GetProperty("path").GetString()!, f.GetProperty("bytes").GetInt64(), f.GetProperty("sha256").GetString()!, new Uri(server, f.GetProperty("url").GetString()!)))
            .Select(f => BundlePath.IsWellFormed(f.Path) && f.Url.Scheme is "http" or "https"
                ? f
                : throw new FarmException(ErrorCodes.Format, "The farm names a file in a way that is not safe to write.", "Look whether --server is the farm you mean.")),
    ];

    private async Task FetchAsync(RemoteFile file, string directory, CancellationToken cancellation)
    {
        var target = Path.Combine(directory, file.Path.Replace('/', Path.DirectorySeparatorChar));
        try
        {
            if (File.Exists(target) && new FileInfo(target).Length == file.Bytes && await HashAsync(target, cancellation).ConfigureAwait(false) == file.Sha256)
            {
                return;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            var part = $"{target}.{file.Sha256[..Math.Min(16, file.Sha256.Length)]}.part";
            await AppendAsync(file, part, cancellation).ConfigureAwait(false);
            if (await HashAsync(part, cancellation).ConfigureAwait(false) != file.Sha256)
            {
                File.Delete(part);
                throw new FarmException(ErrorCodes.ArtifactCorrupt, $"{file.Path} did not arrive as it was sent.", "Try again.", retryable: true);
            }

            File.Move(part, target, overwrite: true);
        }
        catch (Exception fault) when (fault is HttpRequestException or HttpIOException)
        {
            throw new FarmException(ErrorCodes.Network, $"{file.Path}: {fault.Message}", "Run the same command again; it goes on where it ended.", retryable: true, fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            var isFull = fault is IOException && (fault.HResult & 0xFFFF) == 28; // ENOSPC
            throw new FarmException(isFull ? ErrorCodes.DiskFull : ErrorCodes.NotWritable, $"{target}: {fault.Message}", "Free some space or choose another --out; what has come is kept.", cause: fault);
        }
    }

    private async Task AppendAsync(RemoteFile file, string part, CancellationToken cancellation)
    {
        var have = File.Exists(part) ? new FileInfo(part).Length : 0;
        if (have == file.Bytes)
        {
            return;
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, file.Url);
        request.Headers.Range = have > 0 && have < file.Bytes ? new RangeHeaderValue(have, null) : null;
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        idle.CancelAfter(IdleMax);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, idle.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                var refusal = Problem.Of(response.StatusCode, await response.Content.ReadAsStringAsync(idle.Token).ConfigureAwait(false));
                throw new FarmException(refusal.Error with { Retryable = refusal.Error.Retryable || response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound });
            }

            var mode = response.StatusCode == HttpStatusCode.PartialContent ? FileMode.Append : FileMode.Create;
            using var from = await response.Content.ReadAsStreamAsync(idle.Token).ConfigureAwait(false);
            using var to = new FileStream(part, mode, FileAccess.Write, FileShare.None);
            await CopyAsync(from, to, file.Bytes, idle).ConfigureAwait(false);
        }
        catch (OperationCanceledException fault) when (!cancellation.IsCancellationRequested)
        {
            throw new FarmException(ErrorCodes.NetworkTimeout, $"{file.Path}: nothing came for {IdleMax.TotalSeconds:0} s.", "Run the same command again; it goes on where it ended.", retryable: true, fault);
        }
    }

    // The farm said how long the file is: more than that is not taken.
    private static async Task CopyAsync(Stream from, FileStream to, long bytesMax, CancellationTokenSource idle)
    {
        var buffer = new byte[128 * 1024];
        int read;
        while (to.Position <= bytesMax && (read = await from.ReadAsync(buffer, idle.Token).ConfigureAwait(false)) > 0)
        {
            await to.WriteAsync(buffer.AsMemory(0, read), idle.Token).ConfigureAwait(false);
            idle.CancelAfter(IdleMax);
        }
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellation)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation).ConfigureAwait(false));
    }
}
