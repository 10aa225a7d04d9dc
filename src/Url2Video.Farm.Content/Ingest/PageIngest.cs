using System.Collections.Immutable;
using Url2Video.Farm.Content.Extraction;
using Url2Video.Farm.Content.Web;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Content.Ingest;

/// <summary>Takes in pages from the web and from bundles, and plain text.</summary>
internal sealed class PageIngest(GuardedFetcher fetcher, TimeProvider time, IArtifactIo io, IImageProbe probe)
{
    /// <summary>Bundle paths become URLs on a host that cannot exist (RFC 2606), so that references resolve like on a server.</summary>
    private static readonly Uri BundleRoot = new("http://bundle.invalid/");

    public async Task<JobResult.Ingested> WebAsync(SourceSpec.WebPage page, CancellationToken cancellation)
    {
        var fetched = await fetcher.GetAsync(page.Url, FetchPolicy.Page(page.AllowPrivateAddresses), cancellation);
        var text = TextDecoder.Decode(fetched.Body, fetched.Charset);
        if (ContentSniffer.KindOf(fetched.Body, fetched.MediaType) == ContentKind.Text)
        {
            return await StoreAsync(PlainTextReader.Read(text, fetched.Url.AbsoluteUri), [], cancellation);
        }

        var extracted = await HtmlExtractor.ExtractAsync(text, fetched.Url, fetched.Url.AbsoluteUri, cancellation);
        var started = time.GetTimestamp();
        return await WithImagesAsync(extracted, FromWeb, cancellation);

        async Task<(string, byte[])?> FromWeb(string reference, CancellationToken token)
        {
            if (!Uri.TryCreate(extracted.Base, reference, out var url) || url.Scheme is not ("http" or "https"))
            {
                return null;
            }

            if (time.GetElapsedTime(started) >= TimeSpan.FromSeconds(Limits.ImagesSecondsMax))
            {
                throw new FarmException(
                    ErrorCodes.NetworkTimeout, $"The images before it took more than {Limits.ImagesSecondsMax} s.", "Save the page with its images and render the file.");
            }

            // The flag opens the host that was named, not the whole network to whatever a page points at.
            var mayBePrivate = page.AllowPrivateAddresses && string.Equals(url.Host, fetched.Url.Host, StringComparison.OrdinalIgnoreCase);
            var image = await fetcher.GetAsync(url.AbsoluteUri, FetchPolicy.Image(mayBePrivate), token);
            return (image.Url.AbsoluteUri, image.Body);
        }
    }

    public async Task<JobResult.Ingested> BundleAsync(SourceSpec.PageBundle bundle, CancellationToken cancellation)
    {
        var files = Bundle.FilesOf(bundle.Files);
        if (!files.TryGetValue(bundle.Entry, out var entry))
        {
            throw new FarmException(ErrorCodes.SourceNotFound, $"The page \"{bundle.Entry}\" is not among the files that were submitted.");
        }

        var body = await io.ReadAsync(entry, Limits.PageBytesMax, cancellation);
        _ = ContentSniffer.KindOf(body, "text/html");
        var url = new Uri(BundleRoot, string.Join('/', bundle.Entry.Split('/').Select(Uri.EscapeDataString)));
        var extracted = await HtmlExtractor.ExtractAsync(TextDecoder.Decode(body, null), url, null, cancellation);
        return await WithImagesAsync(extracted, FromBundle, cancellation);

        async Task<(string, byte[])?> FromBundle(string reference, CancellationToken token)
        {
            if (!Uri.TryCreate(extracted.Base, reference, out var image) || image.Host != BundleRoot.Host)
            {
                return null; // A local page does not reach for the network.
            }

            var path = Uri.UnescapeDataString(image.AbsolutePath.TrimStart('/'));
            return files.TryGetValue(path, out var artifact) ? (path, await io.ReadAsync(artifact, Limits.ImageBytesMax, token)) : null;
        }
    }

    public async Task<JobResult.Ingested> TextAsync(SourceSpec.PlainText text, CancellationToken cancellation)
    {
        var body = await io.ReadAsync(text.Text, Limits.PageBytesMax, cancellation);
        _ = ContentSniffer.KindOf(body, "text/plain");
        return await StoreAsync(PlainTextReader.Read(TextDecoder.Decode(body, null), null), [], cancellation);
    }

    private async Task<JobResult.Ingested> WithImagesAsync(ExtractedPage extracted, ImageSource source, CancellationToken cancellation)
    {
        var intake = new ImageIntake(source, io, probe);
        var images = await intake.TakeAsync(extracted.Images, cancellation);
        return await StoreAsync(extracted.Document with { Images = images }, intake.Warnings, cancellation);
    }

    private async Task<JobResult.Ingested> StoreAsync(
        SourceDoc document, ImmutableArray<string> warnings, CancellationToken cancellation) =>
        new(await io.WriteAsync(SourceDocJson.Write(document), cancellation), null, null, warnings);
}
