using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Node.Joining;

/// <summary>Where the node belongs, beside its key: the file that a restart reads instead of a token.</summary>
/// <param name="Certificate">DER, base64; empty before the node is enrolled.</param>
/// <param name="Authority">Certificate of the farm's authority, DER, base64.</param>
internal sealed record NodeMembership(string Name, ImmutableArray<string> Servers, string Certificate, string Authority);

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(NodeMembership))]
internal sealed partial class NodeMembershipJson : JsonSerializerContext;

/// <summary>
/// Key and certificate of a node, in a folder that only its user reads. The key is made here and never leaves. A renewal writes the next key
/// beside the present one and puts both files in place only when the certificate is there. Safe for any thread.
/// </summary>
internal sealed class NodeIdentity : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _root;
    private readonly Lock _gate = new();
    private ECDsa _key;
    private NodeMembership? _membership;

    private NodeIdentity(string root, ECDsa key, NodeMembership? membership) => (_root, _key, _membership) = (root, key, membership);

    /// <summary>Null: not enrolled.</summary>
    public NodeMembership? Membership
    {
        get
        {
            lock (_gate)
            {
                return _membership;
            }
        }
    }

    /// <exception cref="FarmException"><c>ERR_NOT_WRITABLE</c>, <c>ERR_DISK_FULL</c>, <c>ERR_FORMAT</c>.</exception>
    public static NodeIdentity Open(string root)
    {
        try
        {
            CreateOnlyFile.EnsureDirectory(root);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(root, OwnerOnly | UnixFileMode.UserExecute);
            }

            var membership = File.Exists(Path.Combine(root, "node.json"))
                ? JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(root, "node.json")), NodeMembershipJson.Default.NodeMembership)
                : null;
            var keyFile = Path.Combine(root, membership is null ? "first.key" : KeyNameOf(membership.Certificate));
            var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            if (File.Exists(keyFile))
            {
                key.ImportFromPem(File.ReadAllText(keyFile));
            }
            else if (membership is not null)
            {
                throw new FarmException(ErrorCodes.Format, "The node's key is missing.", "Join again with a new token.");
            }
            else
            {
                Write(keyFile, key.ExportPkcs8PrivateKeyPem());
            }

            return new NodeIdentity(root, key, membership);
        }
        catch (Exception fault) when (fault is JsonException or CryptographicException or ArgumentException)
        {
            throw new FarmException(ErrorCodes.Format, $"The credential in {root} cannot be read: {fault.Message}", "Remove the folder and join again with a new token.", cause: fault);
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            throw IoFaults.Translate(fault, "keep the node's credential");
        }
    }

    /// <summary>PKCS #10 of the present key, DER.</summary>
    public byte[] Request(string name)
    {
        lock (_gate)
        {
            return RequestOf(_key, name);
        }
    }

    public static byte[] RequestOf(ECDsa key, string name)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(name);
        return new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256).CreateSigningRequest();
    }

    public (string Certificate, byte[] Signature) Sign(Func<byte[], byte[]> bytesOfCertificate)
    {
        lock (_gate)
        {
            var certificate = _membership?.Certificate ?? throw new InvalidOperationException("Not enrolled.");
            return (certificate, _key.SignData(bytesOfCertificate(Convert.FromBase64String(certificate)), HashAlgorithmName.SHA256));
        }
    }

    /// <summary>Takes a new certificate into use, durably.</summary>
    /// <param name="nextKey">Its key; null: the present one. Owned from here on.</param>
    public void Adopt(NodeMembership membership, ECDsa? nextKey)
    {
        lock (_gate)
        {
            var former = _membership is null ? "first.key" : KeyNameOf(_membership.Certificate);
            var key = nextKey ?? _key;
            Write(Path.Combine(_root, KeyNameOf(membership.Certificate)), key.ExportPkcs8PrivateKeyPem());
            Write(Path.Combine(_root, "node.json"), JsonSerializer.Serialize(membership, NodeMembershipJson.Default.NodeMembership));
            if (former != KeyNameOf(membership.Certificate))
            {
                File.Delete(Path.Combine(_root, former));
            }

            (_key, _membership) = (key, membership);
        }
    }

    /// <summary>Other servers of the farm, for the next start.</summary>
    public void Learn(ImmutableArray<string> servers)
    {
        lock (_gate)
        {
            if (_membership is { } known && !known.Servers.SequenceEqual(servers))
            {
                _membership = known with { Servers = servers };
                Write(Path.Combine(_root, "node.json"), JsonSerializer.Serialize(_membership, NodeMembershipJson.Default.NodeMembership));
            }
        }
    }

    public void Dispose() => _key.Dispose();

    // Key and certificate change together with one rename, of node.json: it names the certificate, which names the key's file.
    private static string KeyNameOf(string certificate) => Convert.ToHexStringLower(SHA256.HashData(Convert.FromBase64String(certificate)))[..16] + ".key";

    private static void Write(string path, string text) => OwnerOnlyFile.Replace(path, System.Text.Encoding.UTF8.GetBytes(text));
}
