using System.Net;
using System.Net.Sockets;

namespace Url2Video.Farm.Api.RateLimits;

/// <summary>Under which name an address is counted. Pure.</summary>
internal static class RemoteAddress
{
    private const int NetworkBytes = 8;

    /// <returns>IPv4 as it is. Of IPv6 the network: one caller has 2⁶⁴ addresses of it to change between.</returns>
    public static string NameOf(IPAddress? address)
    {
        if (address is null)
        {
            return "-";
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexStringLower(plain.GetAddressBytes().AsSpan(0, NetworkBytes)) : plain.ToString();
    }
}
