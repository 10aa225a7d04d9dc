using System.Net;
using System.Net.Sockets;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Content.Web;

/// <summary>Opens a TCP connection to an address that was already checked.</summary>
internal delegate ValueTask<Stream> Dial(IPAddress address, int port, CancellationToken cancellation);

/// <summary>
/// Opens the sockets of the HTTP client: resolves once, refuses unless every address may be asked, and connects to a checked
/// address itself. A name that answers differently the next time (rebinding) changes nothing.
/// </summary>
internal sealed class GuardedConnector(IHostResolver resolver, Dial dial, bool allowPrivate)
{
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await resolver.ResolveAsync(host, cancellation);
        if (addresses.Count == 0)
        {
            throw new FarmException(
                ErrorCodes.HostNotFound, $"There is no host \"{host}\".", "Check the spelling of the address and the network.");
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
            try
            {
                return await dial(address, port, cancellation);
            }
            catch (SocketException e)
            {
                last = e;
            }
        }

        throw new FarmException(
            ErrorCodes.Network, $"{host} does not answer on port {port}: {last!.Message}.", null, retryable: true, last);
    }

    public static async ValueTask<Stream> DialTcpAsync(IPAddress address, int port, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
