using System.Globalization;
using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Media.Audio.Spatial;

/// <summary>
/// A measured head (SOFA, AES69) as libmysofa brings it. Its responses are read by sending one impulse through FFmpeg's
/// sofalizer; what is convolved with them is ours, because the filter's own sums depend on the width of the machine's vectors.
/// </summary>
internal static class SofaHead
{
    /// <summary>The rate of the files that come with libmysofa; at another one the libraries would convert, and not to the same bits everywhere.</summary>
    private const int FileHertz = 44_100;

    /// <summary>5.8 ms: what a head does is over after 4.</summary>
    private const int FileTaps = 256;

    /// <summary>The same at 48 kHz, and as much as the interpolator adds.</summary>
    private const int ResponseTaps = 280;
    private static readonly string[] Places =
    [
        "/usr/share/libmysofa/default.sofa",
        "/usr/local/share/libmysofa/default.sofa",
    ];

    private static readonly Lazy<(string Path, int Lead, double Scale)?> Front = new(FindFront);

    /// <summary>True when places can be heard through a measured head on this machine.</summary>
    internal static bool IsHere => Front.Value is not null;

    /// <returns>Null when no head is installed, or FFmpeg cannot read it.</returns>
    internal static HeadFilter? Of(SoundPosition position)
    {
        if (Front.Value is not { } front)
        {
            return null;
        }

        var (left, right) = Response(front.Path, position.AzimuthDegrees, position.ElevationDegrees);
        var scale = front.Scale * position.Gain;
        return new HeadFilter([.. left.Select(v => v * scale)], [.. right.Select(v => v * scale)], front.Lead);
    }

    private static (string Path, int Lead, double Scale)? FindFront()
    {
        foreach (var path in Places.Where(File.Exists))
        {
            try
            {
                var (left, right) = Response(path, 0, 0);
                var power = left.Concat(right).Sum(v => v * v);
                if (power > 0)
                {
                    // A sound from ahead is as loud as one in the middle of both channels, and on time.
                    return (path, PeakOf(left), Math.Sqrt(2 / power));
                }
            }
            catch (Exception e) when (e is FFmpegException or DllNotFoundException)
            {
                // A build without libmysofa, or a file it cannot read: the next one, or the plain panner.
            }
        }

        return null;
    }

    private static (double[] Left, double[] Right) Response(string path, int azimuthDegrees, int elevationDegrees)
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

    /// <summary>44.1 to 48 kHz: 160 outputs for 147 inputs.</summary>
    private static double[] To48(double[] response)
    {
        const int Taps = 32;
        var result = new double[ResponseTaps];
        for (var n = 0; n < ResponseTaps; n++)
        {
            var (at, phase) = (n * 147 / 160, n * 147 % 160);
            var weights = KaiserSinc.Phase(phase, 160, Taps, 0.47);
            var sum = 0.0;
            for (var k = 0; k < Taps; k++)
            {
                var source = at + k - Taps / 2 + 1;
                sum += source >= 0 && source < response.Length ? weights[k] * response[source] : 0;
            }

            result[n] = sum;
        }

        return result;
    }

    /// <summary>Steps of 2⁻²⁰: what resamplers of different compilers leave in the last bits is gone.</summary>
    private static double Quantised(float value) => Math.Round((double)value * (1 << 20)) / (1 << 20);

    private static int PeakOf(double[] response)
    {
        var best = 0;
        for (var i = 1; i < response.Length; i++)
        {
            best = Math.Abs(response[i]) > Math.Abs(response[best]) ? i : best;
        }

        return Math.Min(best, HeadFilter.LeadSamplesMax);
    }
}
