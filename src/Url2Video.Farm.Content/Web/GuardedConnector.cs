using System.Net.Sockets;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Content.Web;

/// <summary>
/// Opens the sockets of the HTTP client: resolves once, refuses unless every address may be asked, and connects to a checked
/// address itself. A name that answers differently the next time (rebinding) changes nothing.
/// </summary>
internal sealed class GuardedConnector(IHostResolver resolver, bool allowPrivate)
{
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await resolver.ResolveAsync(host, cancellation);
        if (addresses.Count == 0)
        {
            throw new FarmException(ErrorCodes.HostNotFound, $"There is no host \"{host}\".", "Check the spelling of the address and the network.");
        }

        foreach (var address in addresses)
        {
            var scope = AddressRules.ScopeOf(address);
            if (scope == AddressScope.Never || (scope == AddressScope.Private && !allowPrivate))
            {
                throw new FarmException(
                    ErrorCodes.AddressRefused,
                    $"{host} leads to {address}, which is not on the public internet.",
                    scope == AddressScope.Private ? UrlRules.AllowPrivateHint : null);
            }
        }

        SocketException? last = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(address, port, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException e)
            {
                socket.Dispose();
                last = e;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw new FarmException(ErrorCodes.Network, $"{host} does not answer on port {port}: {last!.Message}.", null, retryable: true, last);
    }
}
