using System.Globalization;
using System.IO.Compression;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>A PNG rung → a ZIP file of its pictures, which are not compressed a second time.</summary>
public static class PictureArchive
{
    // The first date that a ZIP file can say, so that equal pictures give equal files.
    private static readonly DateTimeOffset s_date = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="files">Init segment and media segments in order.</param>
    /// <param name="path">Created or overwritten.</param>
    /// <returns>Pictures written.</returns>
    /// <exception cref="FFmpegException">InvalidData when the files are no rung, or hold something else than PNG pictures.</exception>
    public static int Write(IReadOnlyList<string> files, string path)
    {
        using var source = new FileSequence(files);
        using var input = MediaInput.Open(source, "mov", "png");
        var stream = input.Best(MediaType.Video) ?? throw new FFmpegException(FFmpegErrorKind.InvalidData, "The input has no pictures.");
        using var packet = AvPacket.Allocate();
        using var target = File.Create(path);
        using var archive = new ZipArchive(target, ZipArchiveMode.Create);
        var count = 0;
        while (input.Read(packet))
        {
            if (packet.StreamIndex == stream.Index)
            {
                count++;
                Add(archive, count, packet.Data);
            }

            AvCodec.av_packet_unref(packet);
        }

        return count;
    }

    private static void Add(ZipArchive archive, int number, ReadOnlySpan<byte> picture)
    {
        if (!picture.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']))
        {
            throw new FFmpegException(FFmpegErrorKind.InvalidData, $"Picture {number} is no PNG.");
        }

        var entry = archive.CreateEntry(string.Create(CultureInfo.InvariantCulture, $"frame-{number:D6}.png"), CompressionLevel.NoCompression);
        entry.LastWriteTime = s_date;
        using var content = entry.Open();
        content.Write(picture);
    }
}
