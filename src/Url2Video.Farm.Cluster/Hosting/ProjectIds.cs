using System.Buffers;
using System.Security.Cryptography;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Cluster.Hosting;

/// <summary>Makes project ids: <c>prj_</c> and a ULID, so that names sort by the time of submission.</summary>
public static class ProjectIds
{
    private const string Prefix = "prj_";
    private const string Crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int UlidChars = 26;
    private const int IdChars = 4 + UlidChars;
    private static readonly SearchValues<char> CrockfordChars = SearchValues.Create(Crockford);

    public static ProjectId New(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var random = RandomNumberGenerator.GetBytes(10);
        return New(clock.GetUtcNow().ToUnixTimeMilliseconds(), random);
    }

    /// <summary>Whether a file name begins with an id and a hyphen, as scratch folders do.</summary>
    internal static bool StartsWithOne(string name) =>
        name.Length > IdChars && name[IdChars] == '-' && TryParse(name[..IdChars], out _);

    /// <summary>48 bits of milliseconds, then 80 bits of randomness, five bits a character.</summary>
    internal static ProjectId New(long unixMs, ReadOnlySpan<byte> random)
    {
        UInt128 value = (UInt128)(ulong)unixMs << 80;
        for (var i = 0; i < 10; i++)
        {
            value |= (UInt128)random[i] << (8 * (9 - i));
        }

        return new ProjectId(string.Create(Prefix.Length + UlidChars, value, static (text, rest) =>
        {
            Prefix.CopyTo(text);
            for (var i = text.Length - 1; i >= Prefix.Length; i--)
            {
                text[i] = Crockford[(int)(uint)(rest & 31)];
                rest >>= 5;
            }
        }));
    }

    /// <summary>Unix milliseconds of the submission, as the id tells them.</summary>
    internal static long SubmittedMs(ProjectId id) =>
        id.Value.AsSpan(Prefix.Length, 10).ToArray().Aggregate(0L, (ms, letter) => (ms << 5) | (long)Crockford.IndexOf(letter, StringComparison.Ordinal));

    /// <summary>Whether a text from a user or a journal has the shape of an id; ids become paths and actor names, so nothing else passes.</summary>
    public static bool TryParse(string? text, out ProjectId id)
    {
        id = new ProjectId(text ?? string.Empty);
        return text is { Length: IdChars }
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && !text.AsSpan(Prefix.Length).ContainsAnyExcept(CrockfordChars);
    }
}
