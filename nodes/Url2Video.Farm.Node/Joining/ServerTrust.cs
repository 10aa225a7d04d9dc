using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Url2Video.Farm.Cluster.Security;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Node.Joining;

/// <summary>
/// Whom the node believes to be its farm: servers with a certificate of the farm's own authority, or behind a name that the machine trusts
/// anyway. The authority is known by the fingerprint in the join token, before the first secret is sent.
/// </summary>
internal sealed class ServerTrust(TimeProvider clock)
{
    private volatile X509Certificate2? _authority;

    public void Trust(ReadOnlySpan<byte> authority) => _authority = X509CertificateLoader.LoadCertificate(authority);

    public static bool Fits(ReadOnlySpan<byte> authority, string fingerprint) => CryptographicOperations.FixedTimeEquals(
        System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(authority))), System.Text.Encoding.ASCII.GetBytes(fingerprint));

    /// <summary>For everything after the authority is known.</summary>
    public SocketsHttpHandler NewHandler() => NewHandler((_, certificate, _, errors) => errors == SslPolicyErrors.None
        || (_authority is { } authority && certificate is not null && IsOfFarm(authority, certificate)));

    /// <summary>Believes anybody: only to fetch the authority's certificate, which speaks for itself.</summary>
    public static SocketsHttpHandler NewUnverifiedHandler() => NewHandler((_, certificate, _, _) => certificate is not null);

    /// <summary>Whether a node may talk to this URL at all.</summary>
    /// <exception cref="FarmException"><c>ERR_INVALID_ARGUMENT</c>.</exception>
    public static Uri Check(string url, bool allowInsecure)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0)
        {
            throw new FarmException(ErrorCodes.InvalidArgument, $"{url} is no address of a server.", "Give http(s)://HOST:PORT.");
        }

        return uri.Scheme == Uri.UriSchemeHttps || allowInsecure || uri.IsLoopback
            ? new Uri(uri.GetLeftPart(UriPartial.Authority) + "/")
            : throw new FarmException(
                ErrorCodes.InvalidArgument,
                $"{uri.Host} would be spoken to without encryption.",
                "Use https, or --insecure-http where the network is trusted.");
    }

    private bool IsOfFarm(X509Certificate2 authority, X509Certificate certificate)
    {
        using var shown = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return FarmCertificates.Refusal(authority, shown, CertificateRole.Server, clock.GetUtcNow()) is null;
    }

    private static SocketsHttpHandler NewHandler(RemoteCertificateValidationCallback validate) => new()
    {
        AllowAutoRedirect = false, // A redirect would carry the session to whoever it names.
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(Limits.LinkConnectSecondsMax),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = validate },
    };
}
