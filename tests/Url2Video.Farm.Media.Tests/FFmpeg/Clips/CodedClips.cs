using System.Globalization;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Tests.FFmpeg.Clips;

/// <summary>Clips whose every picture says its number: 16 bars, each black or white for a bit.</summary>
internal static class CodedClips
{
    internal const int Width = 320;
    internal const int Height = 64;
    internal const int Bars = 16;

    private const string Picture = "geq=lum='if(mod(floor(N/pow(2,floor(X/20))),2),235,16)':cb=128:cr=128";

    /// <param name="rate">As ffmpeg writes it.</param>
    /// <param name="output">Codec and container options.</param>
    internal static string Make(ScratchFolder folder, string name, string rate, int pictures, string filters = "", params string[] output)
    {
        var seconds = (pictures * 2).ToString(CultureInfo.InvariantCulture);
        Programs.Run("ffmpeg",
        [
            "-v", "error", "-y", "-f", "lavfi", "-i", $"color=size={Width}x{Height}:rate={rate}:d={seconds}", "-frames:v", pictures.ToString(CultureInfo.InvariantCulture),
            "-vf", Picture + filters, .. output, folder[name],
        ]);
        return folder[name];
    }

    internal static ClipFile Open(string path)
    {
        var clip = ClipFile.Open(File.OpenRead(path), "The clip", ClipBounds.Default);
        clip.Prepare(clip.Width, clip.Height, new Rgb(0, 0, 0));
        return clip;
    }

    /// <summary>The number that a picture says.</summary>
    internal static int NumberOf(YuvImage picture)
    {
        var row = picture.RowY(picture.Height / 2);
        var number = 0;
        for (var bar = 0; bar < Bars; bar++)
        {
            number |= row[((2 * bar) + 1) * picture.Width / (2 * Bars)] > 126 ? 1 << bar : 0;
        }

        return number;
    }

    internal static string HashOf(YuvImage picture)
    {
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        for (var y = 0; y < picture.Height; y++)
        {
            hash.AppendData(picture.RowY(y));
        }

        for (var y = 0; y < picture.Height / 2; y++)
        {
            hash.AppendData(picture.RowU(y));
            hash.AppendData(picture.RowV(y));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
