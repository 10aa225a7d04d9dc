using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Security;

/// <summary>How certificates of a farm look and what is checked about them.</summary>
internal static class FarmCertificates
{
    /// <summary>Clocks of machines differ; a certificate made now is good for a machine that is that much behind.</summary>
    public static readonly TimeSpan Backdate = TimeSpan.FromHours(1);

    private const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";
    private const int CommonNameCharsMax = 64;
    private const int SerialBytes = 16;

    public static X509Certificate2 Issue(
        X509Certificate2 root, PublicKey key, string name, CertificateRole role, TimeSpan lifetime, DateTimeOffset now, IEnumerable<string> hostNames)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(name.Length <= CommonNameCharsMax ? name : name[..CommonNameCharsMax]);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA384);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(UsagesOf(role), critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(root, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        AddHostNames(request, hostNames);

        var end = now + lifetime;
        var rootEnd = new DateTimeOffset(root.NotAfter.ToUniversalTime());
        using var signer = root.GetECDsaPrivateKey() ?? throw new CryptographicException("The authority has no key.");
        return request.Create(
            root.SubjectName,
            X509SignatureGenerator.CreateForECDsa(signer),
            now - Backdate,
            end < rootEnd ? end : rootEnd,
            RandomNumberGenerator.GetBytes(SerialBytes));
    }

    /// <returns>Null: good.</returns>
    public static string? Refusal(X509Certificate2 root, X509Certificate2 certificate, CertificateRole role, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // Credentials are revoked in the store, not by lists.
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.LocalDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(CertificateRoles.OidOf(role)));
        if (!chain.Build(certificate))
        {
            return string.Join(' ', chain.ChainStatus.Select(s => s.StatusInformation.Trim()).DefaultIfEmpty("The chain is not good."));
        }

        // A certificate without usages is good for any, as far as the chain is concerned; here the role must be written down.
        return certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Any(e => e.EnhancedKeyUsages[CertificateRoles.OidOf(role)] is not null)
            && chain.ChainElements.Count == 2
            ? null
            : $"It is not one of a {role}.";
    }

    /// <exception cref="FarmException"><c>ERR_INVALID_ARGUMENT</c>.</exception>
    public static PublicKey KeyOfRequest(ReadOnlyMemory<byte> request)
    {
        if (request.Length > Limits.CertificateRequestBytesMax)
        {
            throw Invalid($"The certificate request has {request.Length} bytes; at most {Limits.CertificateRequestBytesMax} are read.");
        }

        try
        {
            // Checks the signature: whoever asks has the key.
            var read = CertificateRequest.LoadSigningRequest(request.Span, HashAlgorithmName.SHA256, out var used, CertificateRequestLoadOptions.Default);
            return used == request.Length && IsStrong(read.PublicKey) ? read.PublicKey : throw Invalid("The key of the certificate request is none of P-256 and P-384.");
        }
        catch (CryptographicException fault)
        {
            throw Invalid("The certificate request cannot be read, or is not signed with its own key.", fault);
        }
    }

    private static bool IsStrong(PublicKey key)
    {
        using var curve = key.GetECDsaPublicKey();
        return curve?.KeySize is 256 or 384;
    }

    private static OidCollection UsagesOf(CertificateRole role)
    {
        var usages = new OidCollection { new Oid(ClientAuth), new Oid(CertificateRoles.OidOf(role)) };
        if (role == CertificateRole.Server)
        {
            usages.Add(new Oid(ServerAuth));
        }

        return usages;
    }

    private static void AddHostNames(CertificateRequest request, IEnumerable<string> hostNames)
    {
        var names = new SubjectAlternativeNameBuilder();
        var any = false;
        foreach (var host in hostNames)
        {
            any = true;
            if (IPAddress.TryParse(host, out var address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(host);
            }
        }

        if (any)
        {
            request.CertificateExtensions.Add(names.Build());
        }
    }

    private static FarmException Invalid(string what, Exception? cause = null) => new(ErrorCodes.InvalidArgument, what, cause: cause);
}
