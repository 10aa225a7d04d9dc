using System.Globalization;
using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Media.Audio.Spatial;

/// <summary>
/// A measured head (SOFA, AES69) as libmysofa brings it. Its responses are read by sending one impulse through FFmpeg's
/// sofalizer; what is convolved with them is ours, because the filter's own sums depend on the width of the machine's vectors.
/// </summary>
internal static class SofaHead
{
    /// <summary>10 ms hold every response of the file that comes with libmysofa (its own are 5 ms).</summary>
    private const int ResponseTaps = 480;
    private static readonly string[] Places =
    [
        "/usr/share/libmysofa/default.sofa",
        "/usr/local/share/libmysofa/default.sofa",
        "/usr/share/libmysofa/MIT_KEMAR_normal_pinna.sofa",
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
        var impulse = new float[2 * ResponseTaps];
        impulse[0] = 1;
        // sofalizer counts angles against the clock; speakers are placed by whole degrees from 0 on.
        var azimuth = ((-azimuthDegrees % 360) + 360) % 360;
        var graph = string.Create(CultureInfo.InvariantCulture,
            $"sofalizer=sofa={path}:type=time:interpolate=1:speakers=FC {azimuth} {elevationDegrees}");
        var stereo = AudioGraph.Run(graph, new AudioFormat(2), new AudioClip(impulse, 1));
        var (left, right) = (new double[ResponseTaps], new double[ResponseTaps]);
        for (var i = 0; i < ResponseTaps && 2 * i + 1 < stereo.Length; i++)
        {
            (left[i], right[i]) = (Quantised(stereo[2 * i]), Quantised(stereo[2 * i + 1]));
        }

        return (left, right);
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
