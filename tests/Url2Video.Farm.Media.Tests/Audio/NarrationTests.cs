using Url2Video.Farm.Media.Audio;
using Url2Video.Farm.Media.Audio.Narration;
using Xunit.Abstractions;

namespace Url2Video.Farm.Media.Tests.Audio;

public class NarrationTests(ITestOutputHelper output)
{
    private const int Second = 48_000;

    [Fact]
    public void Fft_ForwardAndBack_IsTheSameSignal()
    {
        var fft = new Fft(256);
        var random = new Random(1);
        var re = Enumerable.Range(0, 256).Select(_ => random.NextDouble() - 0.5).ToArray();
        var (original, im) = (re.ToArray(), new double[256]);
        fft.Forward(re, im);
        Assert.Equal(original.Sum(), re[0], 1e-12);
        Assert.Equal(original.Select((v, i) => v * Math.Cos(2 * Math.PI * 5 * i / 256)).Sum(), re[5], 1e-12);
        Assert.Equal(-original.Select((v, i) => v * Math.Sin(2 * Math.PI * 5 * i / 256)).Sum(), im[5], 1e-12);
        fft.Inverse(re, im);
        for (var i = 0; i < 256; i++)
        {
            Assert.Equal(original[i], re[i], 1e-13);
        }
    }

    /// <summary>
    /// Speech in noise as of tape or air gains 8 dB and more. Noise that lies where the voice lies, and hum in its lowest harmonics, cannot be
    /// told from it so well.
    /// </summary>
    [Theory]
    [InlineData("white", 0, 8)]
    [InlineData("white", 5, 8)]
    [InlineData("white", 10, 8)]
    [InlineData("brown", 5, 2)]
    [InlineData("hum", 5, 6)]
    public void Denoise_NoisySpeech_ComesOutOfTheNoise(string noise, int decibel, int gainMin)
    {
        var clean = Recordings.Doubles(Signals.Babble(12 * Second, 3));
        var noisy = Noisy(clean, noise, decibel);
        var before = Ratio(clean, noisy);
        var cleaned = noisy.ToArray();
        Denoiser.Apply(cleaned, 2_400, 1.1);
        var after = Ratio(clean, cleaned);
        output.WriteLine($"{noise} noise: {before:0.0} dB before, {after:0.0} dB after");

        Assert.Equal(decibel, before, 0.2);
        Assert.True(after - before >= gainMin, $"Only {after - before:0.0} dB were gained.");
    }

    [Fact]
    public void Denoise_CleanSpeech_IsLeftAlone()
    {
        var clean = Recordings.Doubles(Signals.Babble(6 * Second, 4));
        var cleaned = clean.ToArray();
        Denoiser.Apply(cleaned, 1_500, 1);
        Assert.True(Ratio(clean, cleaned) > 30, $"{Ratio(clean, cleaned):0.0} dB are left.");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(47)]
    [InlineData(1_025)]
    public void Chain_AnyLength_KeepsIt(int samples)
    {
        foreach (var enhancement in Enum.GetValues<Enhancement>())
        {
            var sound = Recordings.Doubles(Signals.Babble(samples, 2));
            NarrationChain.Apply(sound, enhancement);
            Assert.Equal(samples, sound.Length);
            Assert.All(sound, s => Assert.True(double.IsFinite(s)));
        }
    }

    [Fact]
    public void Chain_DigitalSilence_StaysSilent()
    {
        foreach (var enhancement in Enum.GetValues<Enhancement>())
        {
            var sound = new double[Second];
            NarrationChain.Apply(sound, enhancement);
            Assert.All(sound, s => Assert.Equal(0, s));
        }
    }

    [Fact]
    public void Leveller_LoudAndQuietSentences_ComeTogether()
    {
        var sound = Recordings.Doubles(Signals.Babble(12 * Second, 5));
        for (var i = 6 * Second; i < sound.Length; i++)
        {
            sound[i] /= 4; // 12 dB down
        }

        Leveller.Apply(sound, 1_200);
        var difference = Level(sound.AsSpan(Second, 4 * Second)) - Level(sound.AsSpan(7 * Second, 4 * Second));
        output.WriteLine($"12 dB apart before, {difference:0.0} dB after");
        Assert.InRange(difference, -1, 4);
    }

    [Fact]
    public void DeEsser_Sibilant_StepsBackAndVowelDoesNot()
    {
        var random = new Random(6);
        var sound = new double[4 * Second];
        var previous = 0.0;
        for (var i = 0; i < sound.Length; i++)
        {
            var hiss = random.NextDouble() - 0.5;
            sound[i] = i / Second % 2 == 0 ? 0.3 * Math.Sin(2 * Math.PI * 180 * i / Second) : 0.5 * (hiss - previous);
            previous = hiss;
        }

        var before = sound.ToArray();
        DeEsser.Apply(sound, 900);

        Assert.Equal(0, Change(Second / 4), 0.3);
        Assert.InRange(Change(Second + Second / 4), -9.1, -4);

        double Change(int at) => Level(sound.AsSpan(at, Second / 2)) - Level(before.AsSpan(at, Second / 2));
    }

    [Theory]
    [InlineData(-2_000, 25, 0)]
    [InlineData(0, 25, 90)]
    [InlineData(1_000, 25, 600)]
    [InlineData(1_000, 40, 750)]
    public void Cut_OverTheThreshold_FollowsRatioAndKnee(int over, int ratioTenths, int cut) => Assert.Equal(cut, Compressor.Cut(over, ratioTenths));

    /// <summary>Tones 14 dB apart, as the loud and the quiet half of a syllable: with 4 : 1 they are about half as far apart.</summary>
    [Fact]
    public void Compressor_LoudAndQuiet_ComeNearer()
    {
        var sound = new double[8 * Second];
        for (var i = 0; i < sound.Length; i++)
        {
            sound[i] = (i / (Second / 2) % 2 == 0 ? 0.5 : 0.1) * Math.Sin(2 * Math.PI * 300 * i / Second);
        }

        Compressor.Apply(sound, 40);
        var apart = Level(sound.AsSpan(2 * Second + 4_800, 9_600)) - Level(sound.AsSpan(2 * Second + Second / 2 + 14_400, 7_200));
        output.WriteLine($"14 dB apart before, {apart:0.0} dB after");
        Assert.InRange(apart, 2, 8);
    }

    private static double[] Noisy(double[] clean, string kind, int decibel)
    {
        var random = new Random(9);
        var noise = new double[clean.Length];
        var brown = 0.0;
        for (var i = 0; i < noise.Length; i++)
        {
            var white = random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5;
            brown = 0.98 * brown + white;
            noise[i] = kind switch
            {
                "brown" => brown,
                "hum" => Math.Sin(2 * Math.PI * 100 * i / Second) + 0.5 * Math.Sin(2 * Math.PI * 200 * i / Second) + 0.3 * white,
                _ => white,
            };
        }

        var scale = Math.Sqrt(clean.Sum(v => v * v) / noise.Sum(v => v * v) / Math.Pow(10, decibel / 10.0));
        return [.. clean.Zip(noise).Select(p => p.First + scale * p.Second)];
    }

    private static double Ratio(double[] clean, double[] other) =>
        10 * Math.Log10(clean.Sum(v => v * v) / Math.Max(1e-30, clean.Zip(other).Sum(p => Math.Pow(p.First - p.Second, 2))));

    private static double Level(ReadOnlySpan<double> samples)
    {
        var sum = 0.0;
        foreach (var sample in samples)
        {
            sum += sample * sample;
        }

        return 10 * Math.Log10(sum / samples.Length);
    }
}
