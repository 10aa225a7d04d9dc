namespace Url2Video.Farm.Core.Orders;

/// <summary>Addresses that people may name. Where they lead is judged when they are fetched, not here.</summary>
public static class WebAddress
{
    /// <summary>http or https, with a host, without a user name; a text that merely looks like it is refused.</summary>
    public static bool IsOrdinary(string text) =>
        text.Length <= Limits.UrlCharsMax
        && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c == '\\')
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.Host.Length > 0
        && uri.UserInfo.Length == 0;
}
