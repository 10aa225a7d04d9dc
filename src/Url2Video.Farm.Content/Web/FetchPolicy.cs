using Url2Video.Farm.Core;

namespace Url2Video.Farm.Content.Web;

/// <summary>What one fetch may cost and where it may go.</summary>
/// <param name="Accept">Value of the Accept header.</param>
/// <param name="BytesMax">Of the body after inflating.</param>
/// <param name="WireBytesMax">Of the body as it comes over the wire.</param>
/// <param name="AllowPrivate">True lets loopback and private addresses through, on any port.</param>
public sealed record FetchPolicy(string Accept, int BytesMax, int WireBytesMax, bool AllowPrivate)
{
    public static FetchPolicy Page(bool allowPrivate) => new(
        "text/html, application/xhtml+xml, text/plain;q=0.9, text/markdown;q=0.9, */*;q=0.1", Limits.PageBytesMax, Limits.PageWireBytesMax, allowPrivate);

    public static FetchPolicy Image(bool allowPrivate) =>
        new("image/webp, image/png, image/jpeg, image/gif, */*;q=0.1", Limits.ImageBytesMax, Limits.ImageBytesMax, allowPrivate);
}

/// <param name="Url">Where the body came from in the end.</param>
/// <param name="MediaType">Lower case without parameters, e.g. <c>text/html</c>; null when the server did not say.</param>
/// <param name="Charset">As the server named it, or null.</param>
public sealed record Fetched(Uri Url, byte[] Body, string? MediaType, string? Charset);
