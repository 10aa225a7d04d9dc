using System.Collections.Immutable;
using System.Net;
using System.Text;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Api.Problems;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Orders;

namespace Url2Video.Farm.Api.Videos;

/// <summary>Puts what an order came with into the artifact store, as the command line does with local files.</summary>
internal sealed class SourceStore(ApiParts parts, UploadIds uploads)
{
    private const string StoryboardName = "storyboard.json";

    /// <summary>Says early what the guarded client would say late, where the address itself shows it. Names are resolved and judged when they are fetched.</summary>
    public void Check(RequestedSource source)
    {
        if (source is RequestedSource.Page page && !parts.Options.AllowPrivateAddresses && IsPlainlyPrivate(new Uri(page.Url)))
        {
            var error = new FarmError(ErrorCodes.AddressRefused, "Pages on private and loopback addresses are not fetched.", "Start the server with --allow-private, or name a public page.");
            throw new InvalidBodyException(error, [new ProblemItem("/source", error.Code, error.Message)]);
        }
    }

    public async Task<SourceSpec> StoreAsync(RequestedSource source, string tenant, CancellationToken cancellation)
    {
        switch (source)
        {
            case RequestedSource.Page page:
                return new SourceSpec.WebPage(page.Url, parts.Options.AllowPrivateAddresses);
            case RequestedSource.Text text:
                return new SourceSpec.PlainText(await parts.Artifacts.WriteAsync(Encoding.UTF8.GetBytes(text.Content), cancellation).ConfigureAwait(false));
            case RequestedSource.Storyboard board:
                var document = new BundleFile(StoryboardName, await parts.Artifacts.WriteAsync(board.Utf8, cancellation).ConfigureAwait(false));
                return new SourceSpec.StoryboardBundle(StoryboardName, [document, .. FilesOf(board.Files, tenant)]);
            case RequestedSource.Uploaded uploaded:
                return OfUploads(uploaded, FilesOf(uploaded.Files, tenant));
            default:
                throw new FarmException(ErrorCodes.Internal, $"No way to store {source.GetType().Name}.");
        }
    }

    /// <exception cref="InvalidBodyException">An upload is not this tenant's.</exception>
    public ImmutableArray<BundleFile> FilesOf(ImmutableArray<UploadedFile> files, string tenant)
    {
        var found = files.Select((f, i) => uploads.TryRead(f.Upload, tenant) is { } artifact
            ? new BundleFile(f.Path, artifact)
            : throw Unknown(i)).ToImmutableArray();
        foreach (var file in found)
        {
            parts.Artifacts.Claim(file.Artifact); // It was sent some time ago, and is about to be named.
        }

        return found.Sum(f => f.Artifact.Bytes) <= Limits.BundleBytesMax
            ? found
            : throw new FarmException(ErrorCodes.TooLarge, $"The files have more than {Limits.BundleBytesMax} bytes together.");
    }

    private static SourceSpec OfUploads(RequestedSource.Uploaded uploaded, ImmutableArray<BundleFile> files) => Path.GetExtension(uploaded.Entry).ToLowerInvariant() switch
    {
        ".html" or ".htm" or ".xhtml" => new SourceSpec.PageBundle(uploaded.Entry, files),
        ".json" => new SourceSpec.StoryboardBundle(uploaded.Entry, files),
        _ => new SourceSpec.PlainText(files.First(f => f.Path == uploaded.Entry).Artifact),
    };

    private static InvalidBodyException Unknown(int index)
    {
        var error = new FarmError(ErrorCodes.SourceNotFound, "The upload is not known to this tenant.", "Send the file to POST /api/v2/uploads and use the id of its answer.");
        return new InvalidBodyException(error, [new ProblemItem($"/source/files/{index}/upload", error.Code, error.Message)]);
    }

    private static bool IsPlainlyPrivate(Uri uri)
    {
        if (uri.IsLoopback || uri.Host.TrimEnd('.').EndsWith("localhost", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (!IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip))
        {
            return false;
        }

        if (ip.IsIPv4MappedToIPv6)
        {
            ip = ip.MapToIPv4();
        }

        var b = ip.GetAddressBytes();
        return IPAddress.IsLoopback(ip) || ip.IsIPv6LinkLocal || ip.IsIPv6SiteLocal || ip.IsIPv6UniqueLocal
            || (b.Length == 4 && (b[0] is 0 or 10 or 127 or >= 224 || (b[0] == 169 && b[1] == 254) || (b[0] == 192 && b[1] == 168) || (b[0] == 172 && b[1] is >= 16 and < 32) || (b[0] == 100 && b[1] is >= 64 and < 128)));
    }
}
