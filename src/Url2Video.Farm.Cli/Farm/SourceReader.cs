using System.Collections.Immutable;
using System.Text;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Content;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Farm;

/// <summary>A source as named on the command line, found and judged, not yet in the artifact store.</summary>
internal abstract class PendingSource
{
    public abstract Task<SourceSpec> StoreAsync(ArtifactStore artifacts, CancellationToken cancellation);
}

/// <summary>Finds out what the source argument is: an address, a file, a folder, standard input.</summary>
internal static class SourceReader
{
    private const string StandardInput = "-";

    private static readonly string[] FolderEntries = ["storyboard.json", "index.html", "index.htm", "index.md", "index.txt"];

    /// <exception cref="FarmException">ERR_SOURCE_NOT_FOUND, ERR_FORMAT, ERR_TOO_LARGE.</exception>
    public static PendingSource Read(string source, bool allowPrivate)
    {
        if (source.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || source.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            return new Page(source, allowPrivate);
        }

        if (source == StandardInput)
        {
            return new Text(ReadStandardInput());
        }

        var path = Directory.Exists(source) ? EntryOf(source) : source;
        if (!File.Exists(path))
        {
            throw new FarmException(
                ErrorCodes.SourceNotFound,
                $"There is no file {path}.",
                "Give an http:// or https:// address, an HTML, text or storyboard.json file, a folder with one of them, or - for text on standard input.");
        }

        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".html" or ".htm" or ".xhtml" or ".json" => new Bundle(path, SourceBundler.Collect(path)),
            ".txt" or ".md" or ".markdown" or "" => new Text(ReadText(path)),
            var other => throw new FarmException(ErrorCodes.Format, $"{path}: a {other} file is not a source.", "Give an HTML, Markdown, text or storyboard.json file."),
        };
    }

    private static string EntryOf(string folder) =>
        FolderEntries.Select(n => Path.Combine(folder, n)).FirstOrDefault(File.Exists)
        ?? throw new FarmException(ErrorCodes.SourceNotFound, $"The folder {folder} holds none of {string.Join(", ", FolderEntries)}.");

    private static byte[] ReadText(string path)
    {
        var length = new FileInfo(path).Length;
        return length <= Limits.PageBytesMax
            ? File.ReadAllBytes(path)
            : throw new FarmException(ErrorCodes.TooLarge, $"{path} has {length} bytes; a text has at most {Limits.PageBytesMax}.");
    }

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
    }

    private sealed class Text(byte[] bytes) : PendingSource
    {
        public override async Task<SourceSpec> StoreAsync(ArtifactStore artifacts, CancellationToken cancellation) =>
            new SourceSpec.PlainText(await artifacts.WriteAsync(bytes, cancellation).ConfigureAwait(false));
    }

    private sealed class Bundle(string entry, SourceBundle bundle) : PendingSource
    {
        public override async Task<SourceSpec> StoreAsync(ArtifactStore artifacts, CancellationToken cancellation)
        {
            var files = ImmutableArray.CreateBuilder<BundleFile>(bundle.Files.Length);
            foreach (var (path, fullPath) in bundle.Files)
            {
                var content = new FileStream(fullPath, FileMode.Open, FileAccess.Read, FileShare.Read);
                await using (content.ConfigureAwait(false))
                {
                    files.Add(new BundleFile(path, await artifacts.PutAsync(content, cancellation).ConfigureAwait(false)));
                }
            }

            return entry.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
                ? new SourceSpec.StoryboardBundle(bundle.Entry, files.MoveToImmutable())
                : new SourceSpec.PageBundle(bundle.Entry, files.MoveToImmutable());
        }
    }
}
