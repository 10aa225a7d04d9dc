using System.Security.Cryptography.X509Certificates;
using Akka.Event;
using Akka.Remote.Transport.DotNetty;
using Url2Video.Farm.Cluster.Security;

namespace Url2Video.Farm.Cluster.Membership;

/// <summary>
/// TLS of the port between servers: both sides show a certificate of the farm's authority with the role of a server. Names are not
/// compared: any server may be any member, and addresses of machines change.
/// </summary>
internal static class ServerTls
{
    public static DotNettySslSetup Setup(X509Certificate2 own, FarmAuthority authority) => new(
        own,
        suppressValidation: false,
        requireMutualAuthentication: true,
        validateCertificateHostname: false,
        (certificate, _, peer, _, log) =>
        {
            if (authority.Refusal(certificate, CertificateRole.Server) is not { } why)
            {
                return true;
            }

            log.Warning("{0} was refused: {1}", peer, why);
            return false;
        });
}
