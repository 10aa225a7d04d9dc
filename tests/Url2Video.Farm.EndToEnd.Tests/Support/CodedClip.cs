using System.Globalization;

namespace Url2Video.Farm.EndToEnd.Tests.Support;

/// <summary>Clips of 320×180 whose every picture says its number in 16 bars, black or white for a bit each.</summary>
internal static class CodedClip
{
    private const int Bars = 16;
    private const int BarWidth = 20;

    public static void Make(string path, string rate, int pictures, params string[] output)
    {
        var frames = pictures.ToString(CultureInfo.InvariantCulture);
        var (exit, _, error) = Probe.Run("ffmpeg",
        [
            "-v", "error", "-y", "-f", "lavfi", "-i", $"color=size=320x180:rate={rate}:d=100", "-frames:v", frames,
            "-vf", "geq=lum='if(mod(floor(N/pow(2,floor(X/20))),2),235,16)':cb=128:cr=128", .. output, path,
        ]);
        Assert.True(exit == 0, error);
    }

    /// <summary>The number that each frame of a film says.</summary>
    public static IReadOnlyList<int> NumbersIn(string film, int width, int height)
    {
        var raw = film + ".gray";
        var (exit, _, error) = Probe.Run("ffmpeg", "-v", "error", "-y", "-i", film, "-map", "0:v:0", "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "gray", raw);
        Assert.True(exit == 0, error);
        var bytes = File.ReadAllBytes(raw);
        File.Delete(raw);
        return [.. Enumerable.Range(0, bytes.Length / (width * height)).Select(frame =>
        {
            var row = bytes.AsSpan((frame * width * height) + (height / 2 * width), width);
            var number = 0;
            for (var bar = 0; bar < Bars; bar++)
            {
                number |= row[(bar * BarWidth) + (BarWidth / 2)] > 126 ? 1 << bar : 0;
            }

            return number;
        })];
    }
}
