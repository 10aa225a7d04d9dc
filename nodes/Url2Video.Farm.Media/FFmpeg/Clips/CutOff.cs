namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>Finds what is missing at the end of files whose readers do not tell.</summary>
internal static class CutOff
{
    private const int TailBytes = 64;
    private const byte GifTrailer = 0x3B;

    /// <exception cref="FFmpegException">InvalidData.</exception>
    internal static void Check(Stream stream, MediaInput input, ClipIndex index)
    {
        Span<byte> head = stackalloc byte[4];
        var position = stream.Position; // The library goes on from there.
        stream.Position = 0;
        var read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var isCut = head[..read] switch
        {
            [0x1A, 0x45, 0xDF, 0xA3] => index.EndsBefore(input.DurationMicros), // Matroska, WebM
            [(byte)'G', (byte)'I', (byte)'F', _] => !EndsWithTrailer(stream),
            _ => false, // The readers of MP4 and AVI know where their packets should be.
        };
        stream.Position = position;
        if (isCut)
        {
            throw new FFmpegException(FFmpegErrorKind.InvalidData, "It is cut off: the end that it promises is missing.");
        }
    }

    private static bool EndsWithTrailer(Stream stream)
    {
        Span<byte> tail = stackalloc byte[TailBytes];
        stream.Position = Math.Max(0, stream.Length - TailBytes);
        var read = stream.ReadAtLeast(tail, TailBytes, throwOnEndOfStream: false);
        return tail[..read].TrimEnd("\0\r\n "u8) is [.., GifTrailer]; // Some tools pad.
    }
}
