using Url2Video.Farm.Core.Packaging.Cmaf;

namespace Url2Video.Farm.Tests.Packages;

/// <summary>Takes AAC packets out of the ADTS stream that the ffmpeg program writes (ISO/IEC 14496-3 annex 1.A.2).</summary>
internal static class Adts
{
    private const int HeaderBytes = 7;

    public static (AacConfig Config, ReadOnlyMemory<byte>[] Packets) Read(byte[] stream)
    {
        var packets = new List<ReadOnlyMemory<byte>>();
        for (var at = 0; at < stream.Length;)
        {
            Assert.Equal((0xFF, 0xF1), (stream[at], stream[at + 1]));
            var bytes = (stream[at + 3] & 3) << 11 | stream[at + 4] << 3 | stream[at + 5] >> 5;
            packets.Add(stream.AsMemory(at + HeaderBytes, bytes - HeaderBytes));
            at += bytes;
        }

        var (type, rate, channels) = ((stream[2] >> 6) + 1, stream[2] >> 2 & 15, (stream[2] & 1) << 2 | stream[3] >> 6);
        return (AacConfig.From([(byte)(type << 3 | rate >> 1), (byte)((rate & 1) << 7 | channels << 3)]), [.. packets]);
    }
}
