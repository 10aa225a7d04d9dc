using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Security;

/// <summary>
/// The farm's own certificate authority: made once, kept in the store, known to its servers only. It says who belongs to the farm and as
/// what (<see cref="CertificateRole"/>); no public authority and no file has a say. Safe for any thread.
/// </summary>
public sealed class FarmAuthority : IDisposable
{
    private const string SecretName = "authority";
    private const int YearsOfAuthority = 20;

    private readonly X509Certificate2 _root;
    private readonly TimeProvider _clock;

    private FarmAuthority(X509Certificate2 root, TimeProvider clock) => (_root, _clock) = (root, clock);

    /// <summary>The authority's certificate without its key, DER: what a node pins.</summary>
    public ImmutableArray<byte> Certificate => [.. _root.RawData];

    /// <summary>Reads the authority from the store. Of servers that start together on an empty store one makes it, and all get that one.</summary>
    /// <exception cref="FarmException"><c>ERR_INTERNAL</c>: what is stored is not an authority.</exception>
    public static async Task<FarmAuthority> LoadOrCreateAsync(FarmDatabase database, TimeProvider clock, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var stored = await FarmSecrets.LoadOrCreateAsync(database, SecretName, () => Create(clock), clock, cancellation).ConfigureAwait(false);
        try
        {
            return new(X509CertificateLoader.LoadPkcs12(stored, null, X509KeyStorageFlags.EphemeralKeySet), clock);
        }
        catch (CryptographicException fault)
        {
            throw new FarmException(
                ErrorCodes.Internal, "The store's certificate authority cannot be read.", $"Restore the row '{SecretName}' of farm_secret from a backup.", cause: fault);
        }
    }

    /// <summary>A new key with its certificate for this server process, good until its process is renewed.</summary>
    /// <param name="hostNames">DNS names or IP addresses under which other servers reach it.</param>
    public X509Certificate2 IssueServer(IReadOnlyCollection<string> hostNames)
    {
        ArgumentNullException.ThrowIfNull(hostNames);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = FarmCertificates.Issue(
            _root, new PublicKey(key), hostNames.FirstOrDefault() ?? "server", CertificateRole.Server, TimeSpan.FromDays(Limits.ServerCertificateDaysMax), _clock.GetUtcNow(), hostNames);
        return certificate.CopyWithPrivateKey(key);
    }

    /// <summary>A certificate for a key that stays with its node.</summary>
    /// <param name="request">PKCS #10, DER, signed with the node's key: possession is checked, everything else in it is ignored.</param>
    /// <exception cref="FarmException"><c>ERR_INVALID_ARGUMENT</c>: no such request, or its key is too weak.</exception>
    public X509Certificate2 IssueNode(ReadOnlyMemory<byte> request, string name, TimeSpan lifetime) =>
        IssueNode(FarmCertificates.KeyOfRequest(request), name, lifetime);

    /// <inheritdoc cref="IssueNode(ReadOnlyMemory{byte}, string, TimeSpan)"/>
    /// <param name="key">Whose possession the caller has checked.</param>
    public X509Certificate2 IssueNode(PublicKey key, string name, TimeSpan lifetime)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lifetime, TimeSpan.Zero);
        return FarmCertificates.Issue(_root, key, name, CertificateRole.Node, lifetime, _clock.GetUtcNow(), []);
    }

    /// <summary>Whether this farm made a certificate, for this role, and it is good now. Says nothing of revocation.</summary>
    public bool Verify(X509Certificate2? certificate, CertificateRole role) => Refusal(certificate, role) is null;

    /// <returns>Null: good. Else why not, for a log.</returns>
    public string? Refusal(X509Certificate2? certificate, CertificateRole role) =>
        certificate is null ? "There is no certificate." : FarmCertificates.Refusal(_root, certificate, role, _clock.GetUtcNow());

    public void Dispose() => _root.Dispose();

    private static byte[] Create(TimeProvider clock)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var request = new CertificateRequest("CN=Url2Video.Farm authority", key, HashAlgorithmName.SHA384);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = clock.GetUtcNow();
        using var root = request.CreateSelfSigned(now - FarmCertificates.Backdate, now.AddYears(YearsOfAuthority));
        return root.Export(X509ContentType.Pkcs12);
    }
}
