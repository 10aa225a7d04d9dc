using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Url2Video.Farm.Cluster.Link;

/// <summary>Where a node finds things on any server.</summary>
internal static class NodeRoutes
{
    /// <summary>The certificate of the farm's authority, DER.</summary>
    public const string Authority = "/node/v1/ca";
    public const string Enrol = "/node/v1/enrol";
    public const string Session = "/node/v1/session";
    public const string Renew = "/node/v1/renew";
    public const string Link = "/node/v1/link";
}

/// <param name="Request">PKCS #10 of the node's key, DER, base64: shows that the node has it.</param>
internal sealed record EnrolRequest(string Token, string Name, string Request);

/// <param name="Request">PKCS #10 of the node's next key, DER, base64.</param>
internal sealed record RenewRequest(string Request);

/// <param name="Certificate">DER, base64.</param>
/// <param name="CaCertificate">Of the farm's authority, DER, base64.</param>
/// <param name="Servers">URLs of the farm's servers; empty: the one that was asked.</param>
internal sealed record EnrolReply(string Certificate, string CaCertificate, ImmutableArray<string> Servers, long ExpiresMs);

/// <param name="Certificate">DER, base64.</param>
/// <param name="AtMs">The node's clock, Unix milliseconds.</param>
/// <param name="Signature">Of <see cref="Security.SessionProof.BytesOf"/>, by the certificate's key; IEEE P1363, base64.</param>
internal sealed record SessionRequest(string Certificate, long AtMs, string Nonce, string Signature);

/// <param name="Session">Bearer token.</param>
internal sealed record SessionReply(string Session, long ExpiresMs);

/// <summary>JSON of enrolment and sessions.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(EnrolRequest))]
[JsonSerializable(typeof(RenewRequest))]
[JsonSerializable(typeof(EnrolReply))]
[JsonSerializable(typeof(SessionRequest))]
[JsonSerializable(typeof(SessionReply))]
internal sealed partial class NodeApiJson : JsonSerializerContext;
