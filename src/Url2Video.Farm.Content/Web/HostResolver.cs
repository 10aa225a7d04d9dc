using System.Net;
using System.Net.Sockets;

namespace Url2Video.Farm.Content.Web;

/// <summary>Names to addresses; tests put a lying one here.</summary>
public interface IHostResolver
{
    /// <returns>All addresses of the host; empty when there is none.</returns>
    ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellation);
}

public sealed class SystemResolver : IHostResolver
{
    public async ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellation)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return [literal];
        }

        try
        {
            return await Dns.GetHostAddressesAsync(host, cancellation);
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            return [];
        }
    }
}
