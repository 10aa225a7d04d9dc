using System.Globalization;

namespace Url2Video.Farm.Core.Packaging.Cmaf;

/// <summary>Reads the codec string back from the configuration records of sample entries, without the classes that write them.</summary>
internal static class CodecRecords
{
    /// <summary>The box that holds the record of a sample entry; null for an entry that packages do not have.</summary>
    public static string? BoxOf(string entry) => entry switch
    {
        "avc1" => "avcC",
        "hvc1" => "hvcC",
        "av01" => "av1C",
        _ => null,
    };

    /// <exception cref="InvalidDataException">The record is cut off or of another version.</exception>
    public static string Codecs(string entry, ReadOnlySpan<byte> record) => entry switch
    {
        "avc1" => AvcConfig.ReadRecord(record).Codecs,
        "hvc1" => Hevc(record),
        _ => Av1(record),
    };

    private static string Hevc(ReadOnlySpan<byte> record)
    {
        const int HeadBytes = 23;
        if (record.Length < HeadBytes || record[0] != 1)
        {
            throw new InvalidDataException("hvcC is not of version 1.");
        }

        var flags = 0u;
        for (var bit = 0; bit < 32; bit++)
        {
            flags |= (uint)(record[2 + (bit >> 3)] >> (7 - (bit & 7)) & 1) << bit;
        }

        var parts = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"hvc1.{record[1] & 0x1F}"),
            flags.ToString("X", CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"{((record[1] & 0x20) == 0 ? 'L' : 'H')}{record[12]}"),
        };
        var last = 11;
        while (last >= 6 && record[last] == 0)
        {
            last--;
        }

        for (var at = 6; at <= last; at++)
        {
            parts.Add(record[at].ToString("X", CultureInfo.InvariantCulture));
        }

        return string.Join('.', parts);
    }

    private static string Av1(ReadOnlySpan<byte> record)
    {
        const int HeadBytes = 4, MarkerAndVersion = 0x81;
        if (record.Length < HeadBytes || record[0] != MarkerAndVersion)
        {
            throw new InvalidDataException("av1C is not of version 1.");
        }

        var depth = (record[2] & 0x40) == 0 ? 8 : (record[2] & 0x20) == 0 ? 10 : 12;
        return string.Create(CultureInfo.InvariantCulture, $"av01.{record[1] >> 5}.{record[1] & 0x1F:D2}{((record[2] & 0x80) == 0 ? 'M' : 'H')}.{depth:D2}");
    }
}
