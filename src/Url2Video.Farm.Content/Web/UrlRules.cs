using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Content.Web;

/// <summary>Which URLs are asked at all, before any name is resolved.</summary>
public static class UrlRules
{
    public const string AllowPrivateHint = "If this is a page of your own network, start with --allow-private.";

    private static readonly int[] Ports = [80, 443, 8080, 8443];

    /// <exception cref="FarmException"><c>ERR_INVALID_ARGUMENT</c> for text that is no http URL, <c>ERR_ADDRESS_REFUSED</c> for a
    /// port or part that is not allowed.</exception>
    public static Uri Parse(string url, bool allowPrivate)
    {
        if (url.Length > Limits.UrlCharsMax || url.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c == '\\')
            || !Uri.TryCreate(url, UriKind.Absolute, out var uri))
        {
            throw new FarmException(
                ErrorCodes.InvalidArgument, $"\"{Shown(url)}\" is not a URL.", "Write it in full, such as https://example.org/page.");
        }

        Check(uri, allowPrivate);
        return uri;
    }

    /// <exception cref="FarmException">As <see cref="Parse"/>; used for every hop of a redirect.</exception>
    public static void Check(Uri uri, bool allowPrivate)
    {
        // Also refuses "//host/", which on Linux is a file URL.
        if (uri.Scheme is not ("http" or "https"))
        {
            throw new FarmException(
                ErrorCodes.InvalidArgument,
                $"\"{Shown(uri.OriginalString)}\" is not a web address: the scheme is {uri.Scheme}.",
                "Use http or https, or name a local file.");
        }

        if (uri.UserInfo.Length > 0)
        {
            throw new FarmException(
                ErrorCodes.AddressRefused, $"The URL of {uri.Host} holds a user name.", "Leave out the part before the @.");
        }

        if (uri.Host.Length == 0 || uri.IdnHost.Contains('%', StringComparison.Ordinal))
        {
            throw new FarmException(ErrorCodes.InvalidArgument, $"\"{Shown(uri.OriginalString)}\" does not name a host.");
        }

        if (!allowPrivate && !Ports.Contains(uri.Port))
        {
            throw new FarmException(
                ErrorCodes.AddressRefused, $"Port {uri.Port} of {uri.Host} is not one of {string.Join(", ", Ports)}.", AllowPrivateHint);
        }
    }

    private static string Shown(string url) => url.Length > 120 ? $"{url[..120]}…" : url;
}
