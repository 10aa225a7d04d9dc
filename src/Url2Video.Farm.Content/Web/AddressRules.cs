using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Url2Video.Farm.Content.Web;

public enum AddressScope
{
    /// <summary>On the public internet.</summary>
    Global,

    /// <summary>Loopback, RFC 1918, carrier NAT or unique local: reachable only when the operator says so.</summary>
    Private,

    /// <summary>Link-local, cloud metadata, multicast, reserved, tunnels: never a page.</summary>
    Never,
}

/// <summary>
/// Decides on the bytes of an address, never on its spelling. Sources: IANA IPv4 and IPv6 Special-Purpose Address Registries
/// (RFC 6890 and updates), and the metadata addresses of the large clouds.
/// </summary>
public static class AddressRules
{
    private static readonly (uint Prefix, int Bits, AddressScope Scope)[] V4 =
    [
        (V4Of(0, 0, 0, 0), 8, AddressScope.Never),
        (V4Of(10, 0, 0, 0), 8, AddressScope.Private),
        (V4Of(100, 100, 100, 200), 32, AddressScope.Never), // cloud metadata, inside carrier NAT
        (V4Of(100, 64, 0, 0), 10, AddressScope.Private),
        (V4Of(127, 0, 0, 0), 8, AddressScope.Private),
        (V4Of(168, 63, 129, 16), 32, AddressScope.Never), // cloud host agent
        (V4Of(169, 254, 0, 0), 16, AddressScope.Never), // link-local, cloud metadata
        (V4Of(172, 16, 0, 0), 12, AddressScope.Private),
        (V4Of(192, 0, 0, 0), 24, AddressScope.Never), // IETF protocols, cloud metadata
        (V4Of(192, 0, 2, 0), 24, AddressScope.Never), // documentation
        (V4Of(192, 88, 99, 0), 24, AddressScope.Never), // 6to4 relays
        (V4Of(192, 168, 0, 0), 16, AddressScope.Private),
        (V4Of(198, 18, 0, 0), 15, AddressScope.Never), // benchmarks
        (V4Of(198, 51, 100, 0), 24, AddressScope.Never),
        (V4Of(203, 0, 113, 0), 24, AddressScope.Never),
        (V4Of(224, 0, 0, 0), 3, AddressScope.Never), // multicast, reserved, broadcast
    ];

    public static AddressScope ScopeOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (!address.TryWriteBytes(bytes, out var length))
        {
            return AddressScope.Never;
        }

        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => OfV4(bytes[..length]),
            AddressFamily.InterNetworkV6 => OfV6(bytes),
            _ => AddressScope.Never,
        };
    }

    private static AddressScope OfV4(ReadOnlySpan<byte> bytes)
    {
        var value = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        foreach (var (prefix, bits, scope) in V4)
        {
            if ((value ^ prefix) >> (32 - bits) == 0)
            {
                return scope;
            }
        }

        return AddressScope.Global;
    }

    private static AddressScope OfV6(ReadOnlySpan<byte> bytes)
    {
        if (StartsWith(bytes, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]))
        {
            return OfV4(bytes[12..]); // IPv4 in another spelling: the connection goes there.
        }

        if (StartsWith(bytes, [0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]))
        {
            // NAT64 (RFC 6052): the only way to IPv4 pages from an IPv6 network, but never a way back inside.
            return OfV4(bytes[12..]) == AddressScope.Global ? AddressScope.Global : AddressScope.Never;
        }

        if (bytes[..15].IndexOfAnyExcept((byte)0) < 0)
        {
            return bytes[15] == 1 ? AddressScope.Private : AddressScope.Never;
        }

        if ((bytes[0] & 0xFE) == 0xFC)
        {
            // Unique local, but not the metadata address fd00:ec2::254.
            return StartsWith(bytes, [0xFD, 0x00, 0x0E, 0xC2]) ? AddressScope.Never : AddressScope.Private;
        }

        var isGlobalUnicast = (bytes[0] & 0xE0) == 0x20;
        var isSpecial = StartsWith(bytes, [0x20, 0x01, 0x0D, 0xB8]) // documentation
            || (StartsWith(bytes, [0x20, 0x01]) && bytes[2] < 2) // IETF protocols, Teredo, ORCHID: 2001::/23
            || StartsWith(bytes, [0x20, 0x02]) // 6to4
            || (StartsWith(bytes, [0x3F, 0xFF]) && bytes[2] < 0x10); // documentation: 3fff::/20
        return isGlobalUnicast && !isSpecial ? AddressScope.Global : AddressScope.Never;
    }

    private static bool StartsWith(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> prefix) => bytes.StartsWith(prefix);

    private static uint V4Of(byte a, byte b, byte c, byte d) => ((uint)a << 24) | ((uint)b << 16) | ((uint)c << 8) | d;
}
