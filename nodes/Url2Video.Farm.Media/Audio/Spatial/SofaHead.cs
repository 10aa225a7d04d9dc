using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Media.Audio.Spatial;

/// <summary>
/// Places as a measured head hears them, against how it hears straight ahead. Dividing by that takes the ear canal out, which the
/// listener's own ear adds again, and all delay: from ahead a sound is what it was, when it was.
/// </summary>
internal static class SofaHead
{
    private const int Size = 1_024;

    /// <summary>2 ms before and 6 ms after: an inverse is not causal.</summary>
    private const int Lead = 96;
    private const int Taps = 384;
    private const int FadeTaps = 24;

    /// <summary>Part of the greatest power that is added before dividing: notches of the head are not made into peaks.</summary>
    private const double Regularisation = 0.002;
    private static readonly Fft Transform = new(Size);
    private static readonly Lazy<(double[] Re, double[] Im, double Floor)?> Front = new(ReadFront);

    /// <summary>True when places can be heard through a measured head on this machine.</summary>
    internal static bool IsHere => Front.Value is not null;

    /// <returns>Null when no head is installed, or FFmpeg cannot read it.</returns>
    internal static HeadFilter? Of(SoundPosition position)
    {
        if (Front.Value is not { } front)
        {
            return null;
        }

        var (left, right) = SofaFile.Read(SofaFile.Path!, position.AzimuthDegrees, position.ElevationDegrees);
        return new HeadFilter(AgainstFront(left, front, position.Gain), AgainstFront(right, front, position.Gain), Lead);
    }

    private static (double[] Re, double[] Im, double Floor)? ReadFront()
    {
        if (SofaFile.Path is not { } path)
        {
            return null;
        }

        try
        {
            var (left, right) = SofaFile.Read(path, 0, 0);
            var (re, im) = Spectrum([.. left.Zip(right, (l, r) => (l + r) / 2)]);
            var greatest = re.Zip(im, (a, b) => a * a + b * b).Max();
            return greatest > 0 ? (re, im, Regularisation * greatest) : null;
        }
        catch (Exception e) when (e is FFmpegException or DllNotFoundException)
        {
            return null; // A build without libmysofa: the plain panner, and a warning that says so.
        }
    }

    private static double[] AgainstFront(double[] response, (double[] Re, double[] Im, double Floor) front, double gain)
    {
        var (re, im) = Spectrum(response);
        for (var k = 0; k < Size; k++)
        {
            var (a, b) = (front.Re[k], front.Im[k]);
            var power = a * a + b * b + front.Floor;
            (re[k], im[k]) = ((re[k] * a + im[k] * b) / power, (im[k] * a - re[k] * b) / power);
        }

        Transform.Inverse(re, im);
        var taps = new double[Taps];
        for (var i = 0; i < Taps; i++)
        {
            var weight = Math.Min(1, Math.Min(i + 1, Taps - i) / (double)FadeTaps);
            taps[i] = gain * weight * re[(i - Lead + Size) % Size];
        }

        return taps;
    }

    private static (double[] Re, double[] Im) Spectrum(double[] response)
    {
        var (re, im) = (new double[Size], new double[Size]);
        response.CopyTo(re, 0);
        Transform.Forward(re, im);
        return (re, im);
    }
}
