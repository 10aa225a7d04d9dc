using System.Buffers.Binary;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>PNG (W3C, ISO/IEC 15948): a signature, then chunks of length, type, data and CRC.</summary>
internal static class PngHeader
{
    private const int SignatureBytes = 8;
    private const int ChunkExtraBytes = 12;

    internal static ImageInfo Read(ReadOnlySpan<byte> bytes)
    {
        var header = ImageInfo.Part(bytes, SignatureBytes, 25);
        if (!header[..8].SequenceEqual("\0\0\0\rIHDR"u8))
        {
            throw ImageInfo.Damaged("a PNG without its header");
        }

        var width = BinaryPrimitives.ReadInt32BigEndian(header[8..]);
        var height = BinaryPrimitives.ReadInt32BigEndian(header[12..]);
        var channels = header[17] switch
        {
            0 => 1,
            2 => 3,
            3 => 1,
            4 => 2,
            6 => 4,
            var other => throw ImageInfo.Damaged($"a PNG of colour type {other}"),
        };
        // Transparency by chunk adds a channel; small depths are widened to a byte.
        var bits = (channels is 1 or 3 ? channels + 1 : channels) * Math.Max(8, (int)header[16]);
        return new ImageInfo(ImageFormat.Png, width, height, bits);
    }

    /// <summary>
    /// Copies the chunks that make the picture and leaves the others out: compressed texts and colour profiles unpack
    /// without a limit in the decoder, a thousand times their size.
    /// </summary>
    /// <returns>Bytes written; <paramref name="target"/> is as long as <paramref name="bytes"/>.</returns>
    /// <exception cref="FFmpegException">InvalidData when the file is cut off before its end chunk.</exception>
    internal static int CopyPicture(ReadOnlySpan<byte> bytes, Span<byte> target)
    {
        bytes[..SignatureBytes].CopyTo(target);
        var (at, written) = ((long)SignatureBytes, SignatureBytes);
        while (true)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(ImageInfo.Part(bytes, at, 8));
            var chunk = ImageInfo.Part(bytes, at, length + ChunkExtraBytes);
            at += chunk.Length;
            var type = chunk.Slice(4, 4);
            if (IsPicture(type))
            {
                chunk.CopyTo(target[written..]);
                written += chunk.Length;
            }

            if (type.SequenceEqual("IEND"u8))
            {
                return written;
            }
        }
    }

    private static bool IsPicture(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("IHDR"u8) || type.SequenceEqual("PLTE"u8) || type.SequenceEqual("tRNS"u8)
        || type.SequenceEqual("IDAT"u8) || type.SequenceEqual("IEND"u8);
}
