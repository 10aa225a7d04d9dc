using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Url2Video.Farm.Media.Cuda;
using Url2Video.Farm.Media.Pixels;
using static Url2Video.Farm.Media.FFmpeg.AvCodec;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>
/// Encodes a few fixed frames, because an encoder that a library lists may still not open: no device, no driver, no licence. What comes out,
/// with the version of the library, names the build: equal fingerprints give equal bytes for equal frames.
/// </summary>
public static class EncoderTrial
{
    /// <summary>Encoders worth trying: pictures by software, sound, pictures by a GPU.</summary>
    public static readonly IReadOnlyList<string> Candidates =
        ["libx264", "libx265", "libsvtav1", "libvpx-vp9", "prores_ks", "png", "gif", "flac", "libopus", "libmp3lame", "h264_nvenc", "hevc_nvenc", "av1_nvenc"];

    /// <summary>The candidates that this machine's FFmpeg lists. Quick, and a promise only: whether they open is told by <see cref="Fingerprint"/>.</summary>
    public static IReadOnlyList<string> Listed()
    {
        if (!FFmpegLibrary.IsAvailable)
        {
            return [];
        }

        var hasGpu = !CudaDevices.List().IsEmpty;
        return [.. Candidates.Where(name => avcodec_find_encoder_by_name(name) != 0 && (hasGpu || !name.EndsWith("_nvenc", StringComparison.Ordinal)))];
    }

    private const int Width = 256;
    private const int Height = 144;
    private const int Frames = 12;
    private const int FingerprintChars = 12;

    /// <returns>12 lower-case hexadecimal characters.</returns>
    /// <exception cref="FFmpegException">The encoder is not there, does not open or does not give every frame; the message says which.</exception>
    public static string Fingerprint(string encoder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{encoder}\n{FFmpegLibrary.Versions}\n"));
        if (SoundTrial.Kinds.TryGetValue(encoder, out var kind))
        {
            SoundTrial.Hash(kind, hash);
            return Convert.ToHexStringLower(hash.GetHashAndReset())[..FingerprintChars];
        }

        var packets = encoder switch
        {
            "libx264" => OwnSettings(hash),
            "gif" => AnySettings(encoder, "pal8", hash),
            _ => ProfileSettings(encoder, hash),
        };
        return packets == Frames
            ? Convert.ToHexStringLower(hash.GetHashAndReset())[..FingerprintChars]
            : throw new FFmpegException(FFmpegErrorKind.Unsupported, $"{encoder} gave {packets} of {Frames} frames.");
    }

    // As chunks are rendered: what differs there must differ here.
    private static int OwnSettings(IncrementalHash hash)
    {
        using var encoder = VideoEncoder.Open(new VideoEncoderOptions { Width = Width, Height = Height, FpsNum = 30, GopFrames = 8 });
        hash.AppendData(encoder.ParameterSets.AvcC.Span);
        var packets = 0;
        void Take(EncodedPacket packet)
        {
            hash.AppendData(packet.Data);
            packets++;
        }

        using var frame = new YuvImage(Width, Height);
        for (var i = 0; i < Frames; i++)
        {
            Draw(frame, i);
            encoder.Encode(frame, i, Take);
        }

        encoder.Flush(Take);
        return packets;
    }

    // Of each profile the quality and speed that chunks are rendered with most.
    private static int ProfileSettings(string name, IncrementalHash hash)
    {
        var preset = name switch
        {
            "libx265" => "veryfast",
            "libsvtav1" => "8",
            "libvpx-vp9" => "4",
            "prores_ks" => "hq",
            _ => "6",
        };
        using var encoder = ProfiledEncoder.Open(
            name, new VideoEncoderOptions { Width = Width, Height = Height, FpsNum = 30, GopFrames = 8, Crf = 30, Preset = preset });
        hash.AppendData(encoder.Header.Span);
        var packets = 0;
        void Take(EncodedPacket packet)
        {
            hash.AppendData(packet.Data);
            packets++;
        }

        using var frame = new YuvImage(Width, Height);
        for (var i = 0; i < Frames; i++)
        {
            Draw(frame, i);
            encoder.Encode(frame, i, Take, forceKey: i % 8 == 0);
        }

        encoder.Flush(Take);
        return packets;
    }

    // Whether it opens; what it makes is lossless after the palette.
    private static int AnySettings(string name, string pixels, IncrementalHash hash)
    {
        using var encoder = CodecContext.Encoder(name)
            .Set("video_size", string.Create(CultureInfo.InvariantCulture, $"{Width}x{Height}"))
            .Set("pixel_format", pixels)
            .Set("time_base", new AvRational(1, 10))
            .Set("flags", "+bitexact")
            .Open();
        using var frame = AvFrame.AllocatePicture(Width, Height, AvUtil.av_get_pix_fmt(pixels));
        using var packet = AvPacket.Allocate();
        var packets = 0;
        for (var i = 0; i < Frames; i++)
        {
            AvResult.Check(AvUtil.av_frame_make_writable(frame));
            frame.Pts = i;
            FillGrey(frame, i);
            AvResult.Check(avcodec_send_frame(encoder, frame));
            packets += Drain(encoder, packet, hash);
        }

        AvResult.Check(avcodec_send_frame(encoder, 0));
        return packets + Drain(encoder, packet, hash);
    }

    private static unsafe void FillGrey(AvFrame frame, int number)
    {
        const int Entries = 256;
        var palette = new Span<uint>(frame.Planes[1], Entries);
        for (var i = 0; i < Entries; i++)
        {
            palette[i] = 0xFF00_0000u | (uint)(i * 0x01_01_01);
        }

        for (var y = 0; y < Height; y++)
        {
            var row = new Span<byte>(frame.Planes[0] + (nint)frame.Strides[0] * y, Width);
            for (var x = 0; x < Width; x++)
            {
                row[x] = (byte)(x + y + (number * 9));
            }
        }
    }

    private static int Drain(CodecContext encoder, AvPacket packet, IncrementalHash hash)
    {
        var packets = 0;
        while (encoder.TryReceive(packet))
        {
            hash.AppendData(packet.Data);
            packets++;
        }

        return packets;
    }

    // Integers only, so the same everywhere: a slope that moves, a grid, and noise, so that every tool of an encoder has something to do.
    private static void Draw(YuvImage frame, int number)
    {
        var noise = 0x9E37_79B9u + (uint)number;
        for (var y = 0; y < Height; y++)
        {
            var row = frame.RowY(y);
            for (var x = 0; x < Width; x++)
            {
                noise = (noise * 1_664_525u) + 1_013_904_223u;
                var grid = ((x + (3 * number)) / 16 + y / 16) % 2 * 60;
                row[x] = (byte)(16 + (((x + y + (number * 5)) / 4) % 100) + grid + (int)(noise >> 28));
            }
        }

        for (var y = 0; y < Height / 2; y++)
        {
            var u = frame.RowU(y);
            var v = frame.RowV(y);
            for (var x = 0; x < Width / 2; x++)
            {
                u[x] = (byte)(100 + ((x + number) % 56));
                v[x] = (byte)(156 - ((y + number) % 56));
            }
        }
    }
}
