using System.Globalization;
using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Media.Audio.Spatial;

/// <summary>
/// Responses of a measured head (SOFA, AES69) as libmysofa brings them: one impulse is sent through FFmpeg's sofalizer. What is
/// convolved with them is ours, because the filter's own sums depend on the width of the machine's vectors.
/// </summary>
internal static class SofaFile
{
    /// <summary>The rate of the file that comes with libmysofa; at another one the libraries would convert, and not to the same bits everywhere.</summary>
    private const int FileHertz = 44_100;

    /// <summary>5.8 ms: what a head does is over after 4.</summary>
    private const int FileTaps = 256;

    /// <summary>The same at 48 kHz, and as much as the interpolator adds.</summary>
    internal const int Taps = 280;
    private static readonly string[] Places = ["/usr/share/libmysofa/default.sofa", "/usr/local/share/libmysofa/default.sofa"];

    /// <summary>The first file that is here.</summary>
    internal static string? Path { get; } = Places.FirstOrDefault(File.Exists);

    /// <param name="azimuthDegrees">To the right.</param>
    /// <exception cref="FFmpegException">A build without libmysofa, or a file that it cannot read.</exception>
    internal static (double[] Left, double[] Right) Read(string path, int azimuthDegrees, int elevationDegrees)
    {
        var impulse = new float[2 * FileTaps];
        impulse[0] = 1;
        // sofalizer counts angles against the clock.
        var graph = string.Create(CultureInfo.InvariantCulture,
            $"sofalizer=sofa={path}:type=time:interpolate=1:rotation={-azimuthDegrees}:elevation={elevationDegrees}");
        var stereo = AudioGraph.Run(graph, new AudioFormat(2, FileHertz), new AudioClip(impulse, 1, FileHertz));
        var (left, right) = (new double[FileTaps], new double[FileTaps]);
        for (var i = 0; i < FileTaps && 2 * i + 1 < stereo.Length; i++)
        {
            // The last millisecond fades: a response that stops rings.
            var weight = Math.Min(1, (FileTaps - i) / 48.0);
            (left[i], right[i]) = (weight * Quantised(stereo[2 * i]), weight * Quantised(stereo[2 * i + 1]));
        }

        return (To48(left), To48(right));
    }

    /// <summary>Steps of 2⁻²⁰: what compilers leave in the last bits is gone.</summary>
    private static double Quantised(float value) => Math.Round((double)value * (1 << 20)) / (1 << 20);

    /// <summary>44.1 to 48 kHz: 160 outputs for 147 inputs.</summary>
    private static double[] To48(double[] response)
    {
        const int Window = 32;
        var result = new double[Taps];
        for (var n = 0; n < Taps; n++)
        {
            var (at, phase) = (n * 147 / 160, n * 147 % 160);
            var weights = KaiserSinc.Phase(phase, 160, Window, 0.47);
            for (var k = 0; k < Window; k++)
            {
                var source = at + k - Window / 2 + 1;
                result[n] += source >= 0 && source < response.Length ? weights[k] * response[source] : 0;
            }
        }

        return result;
    }
}
