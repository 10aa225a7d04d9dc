using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Url2Video.Farm.Media.Pixels;
using static Url2Video.Farm.Media.FFmpeg.AvCodec;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>
/// Encodes a few fixed frames, because an encoder that a library lists may still not open: no device, no driver, no licence. What comes out,
/// with the version of the library, names the build: equal fingerprints give equal bytes for equal frames.
/// </summary>
public static class EncoderTrial
{
    /// <summary>Video encoders worth trying, software first.</summary>
    public static readonly IReadOnlyList<string> Candidates = ["libx264", "libx265", "libsvtav1", "libvpx-vp9", "h264_nvenc", "hevc_nvenc", "av1_nvenc"];

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
        var packets = encoder == "libx264" ? OwnSettings(hash) : AnySettings(encoder, hash);
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

    private static int AnySettings(string name, IncrementalHash hash)
    {
        using var encoder = CodecContext.Encoder(name);
        encoder
            .Set("video_size", string.Create(CultureInfo.InvariantCulture, $"{Width}x{Height}"))
            .Set("pixel_format", "yuv420p")
            .Set("time_base", new AvRational(1, 30))
            .Set("flags", "+bitexact")
            .Set("g", 8);
        Hush(encoder, name);
        encoder.Open();
        using var packet = AvPacket.Allocate();
        using var picture = new LentPicture();
        using var frame = new YuvImage(Width, Height);
        var packets = 0;
        for (var i = 0; i < Frames; i++)
        {
            Draw(frame, i);
            picture.Lend(frame);
            try
            {
                picture.Frame.Pts = i;
                AvResult.Check(avcodec_send_frame(encoder, picture.Frame));
                packets += Drain(encoder, packet, hash);
            }
            finally
            {
                picture.TakeBack();
            }
        }

        AvResult.Check(avcodec_send_frame(encoder, 0));
        return packets + Drain(encoder, packet, hash);
    }

    private static int Drain(CodecContext encoder, AvPacket packet, IncrementalHash hash)
    {
        var packets = 0;
        while (true)
        {
            var result = avcodec_receive_packet(encoder, packet);
            if (result == AvResult.Again || result == AvResult.EndOfFile)
            {
                return packets;
            }

            AvResult.Check(result, nameof(avcodec_receive_packet));
            hash.AppendData(packet.Data);
            packets++;
        }
    }

    // Some encoders write to stderr of their own accord, past FFmpeg's log.
    private static void Hush(CodecContext encoder, string name)
    {
        if (name == "libx265")
        {
            encoder.Set("x265-params", "log-level=none");
        }
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
