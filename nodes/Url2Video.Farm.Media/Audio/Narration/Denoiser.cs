namespace Url2Video.Farm.Media.Audio.Narration;

/// <summary>
/// Steady noise out of a recording: a Wiener filter in the frequency domain whose signal-to-noise ratio is estimated in the manner of
/// Ephraim and Malah ("decision directed"), which leaves no chirping. Windows overlap and add up to one, so nothing is delayed.
/// </summary>
internal static class Denoiser
{
    private const int Size = 1_024;
    private const int Hop = Size / 4;
    private const int Bins = Size / 2 + 1;

    /// <summary>How much of the ratio is remembered from the frame before.</summary>
    private const double Memory = 0.97;

    /// <summary>√Hann twice is Hann, and four Hanns a quarter apart add up to 2.</summary>
    private static readonly double[] Window = [.. Enumerable.Range(0, Size).Select(i => Math.Sqrt(0.5 - 0.5 * StrictMath.CosTurns((double)i / Size)))];

    /// <param name="samples">Mono at 48 kHz, ±1; replaced.</param>
    /// <param name="depthDecibelHundredths">The most that is taken away, positive.</param>
    /// <param name="strength">1 takes the noise as it was measured; more takes more of what might be noise.</param>
    internal static void Apply(double[] samples, int depthDecibelHundredths, double strength)
    {
        var fft = new Fft(Size);
        var padded = new double[samples.Length + 2 * Size];
        samples.CopyTo(padded, Size);
        var noise = Measure(fft, padded);
        var floor = StrictMath.Amplitude(-depthDecibelHundredths);
        var output = new double[padded.Length];
        var (re, im) = (new double[Size], new double[Size]);
        var clean = new double[Bins];
        for (var at = 0; at + Size <= padded.Length; at += Hop)
        {
            Load(padded, at, re, im);
            fft.Forward(re, im);
            for (var k = 0; k < Bins; k++)
            {
                var gain = Gain(re[k] * re[k] + im[k] * im[k], strength * noise[k], ref clean[k], floor);
                re[k] *= gain;
                im[k] *= gain;
                if (k is > 0 and < Size / 2)
                {
                    (re[Size - k], im[Size - k]) = (re[k], -im[k]);
                }
            }

            fft.Inverse(re, im);
            for (var i = 0; i < Size; i++)
            {
                output[at + i] += re[i] * Window[i] / 2;
            }
        }

        output.AsSpan(Size, samples.Length).CopyTo(samples);
    }

    /// <param name="clean">Power of the cleaned bin a frame ago; renewed.</param>
    private static double Gain(double power, double noise, ref double clean, double floor)
    {
        if (noise <= 0)
        {
            return 1;
        }

        var posterior = power / noise;
        var prior = Memory * clean / noise + (1 - Memory) * Math.Max(posterior - 1, 0);
        var gain = prior / (1 + prior);
        clean = gain * gain * power;
        return Math.Max(gain, floor);
    }

    private static double[] Measure(Fft fft, double[] padded)
    {
        var floor = new NoiseFloor(Bins);
        var (re, im, power) = (new double[Size], new double[Size], new double[Bins]);
        // Only frames that lie in the recording: the padding is not its noise.
        for (var at = Size; at + Size <= padded.Length - Size; at += Hop)
        {
            Load(padded, at, re, im);
            fft.Forward(re, im);
            for (var k = 0; k < Bins; k++)
            {
                power[k] = re[k] * re[k] + im[k] * im[k];
            }

            floor.Add(power);
        }

        return floor.Estimate();
    }

    private static void Load(double[] padded, int at, double[] re, double[] im)
    {
        for (var i = 0; i < Size; i++)
        {
            re[i] = padded[at + i] * Window[i];
        }

        im.AsSpan().Clear();
    }
}
