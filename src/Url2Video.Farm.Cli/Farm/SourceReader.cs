using Url2Video.Farm.Cli.Client;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Content.Bundling;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Farm;

/// <summary>A source as named on the command line, found and judged, not yet in the artifact store.</summary>
internal abstract class PendingSource
{
    public abstract Task<SourceSpec> StoreAsync(ArtifactStore artifacts, CancellationToken cancellation);

    /// <summary>As the <c>source</c> of an order over HTTP; local files are sent first.</summary>
    public abstract Task<object> SendAsync(FarmHttp farm, CancellationToken cancellation);
}

/// <summary>Finds out what the source argument is: an address, a file, a folder, standard input.</summary>
internal static class SourceReader
{
    private const string StandardInput = "-";

    /// <exception cref="FarmException">ERR_INVALID_ARGUMENT, ERR_SOURCE_NOT_FOUND, ERR_FORMAT, ERR_TOO_LARGE.</exception>
    public static PendingSource Read(string source, bool allowPrivate) =>
        source.Length == 0 ? throw new FarmException(ErrorCodes.InvalidArgument, "The source is empty.", "Name a web page, a file or a folder.")
        : IsAddress(source) ? new Page(source, allowPrivate)
        : source == StandardInput ? new Text(ReadStandardInput())
        : new Local(SourceBundler.Collect(source));

    private static bool IsAddress(string source) =>
        source.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || source.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private static byte[] ReadStandardInput()
    {
        using var input = Console.OpenStandardInput();
        using var text = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = input.Read(buffer)) > 0)
        {
            text.Write(buffer, 0, read);
            if (text.Length > Limits.PageBytesMax)
            {
                throw new FarmException(ErrorCodes.TooLarge, $"Standard input has more than {Limits.PageBytesMax} bytes.");
            }
        }

        return text.ToArray();
    }

    private sealed class Page(string url, bool allowPrivate) : PendingSource
    {
        public override Task<SourceSpec> StoreAsync(ArtifactStore artifacts, CancellationToken cancellation) =>
            Task.FromResult<SourceSpec>(new SourceSpec.WebPage(url, allowPrivate));

        public override Task<object> SendAsync(FarmHttp farm, CancellationToken cancellation) => Task.FromResult<object>(new { url });
    }

    private sealed class Text(byte[] bytes) : PendingSource
    {
        public override async Task<SourceSpec> StoreAsync(ArtifactStore artifacts, CancellationToken cancellation) =>
            new SourceSpec.PlainText(await artifacts.WriteAsync(bytes, cancellation).ConfigureAwait(false));

        public override async Task<object> SendAsync(FarmHttp farm, CancellationToken cancellation) =>
            new { upload = await farm.UploadAsync(() => new MemoryStream(bytes), cancellation).ConfigureAwait(false), name = "text.txt" };
    }

    private sealed class Local(SourceBundle bundle) : PendingSource
    {
        public override async Task<SourceSpec> StoreAsync(ArtifactStore artifacts, CancellationToken cancellation)
        {
            var stored = new List<ArtifactRef>(bundle.Files.Length);
            foreach (var file in bundle.Files)
            {
                var content = new FileStream(file.FullPath, FileMode.Open, FileAccess.Read, FileShare.Read);
                await using (content.ConfigureAwait(false))
                {
                    stored.Add(await artifacts.PutAsync(content, cancellation).ConfigureAwait(false));
                }
            }

            return bundle.ToSpec(stored);
        }

        public override async Task<object> SendAsync(FarmHttp farm, CancellationToken cancellation)
        {
            var files = new List<object>(bundle.Files.Length);
            foreach (var file in bundle.Files)
            {
                var upload = await farm.UploadAsync(() => new FileStream(file.FullPath, FileMode.Open, FileAccess.Read, FileShare.Read), cancellation).ConfigureAwait(false);
                files.Add(new { path = file.Path, upload });
            }

            return new { entry = bundle.Entry, files };
        }
    }
}
