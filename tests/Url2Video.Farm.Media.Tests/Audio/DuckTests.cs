using Url2Video.Farm.Media.Audio;

namespace Url2Video.Farm.Media.Tests.Audio;

public class DuckTests
{
    private const int Second = 48_000;

    /// <summary>Silent "speech" shows the music alone: where it lies the music is down by the depth, before and after it is not.</summary>
    [Theory]
    [InlineData(12, 300, 800)]
    [InlineData(18, 100, 400)]
    [InlineData(24, 1_000, 2_000)]
    public void Mix_UnderSpeech_MusicIsDownByTheDepth(int decibel, int attackMs, int releaseMs)
    {
        var music = new MusicPlan(MusicMood.Calm, 5) { Duck = new DuckPlan(100 * decibel, 48 * attackMs, 48 * releaseMs) };
        var silence = new SpeechPlacement(8 * Second, PcmSource.FromSamples(new short[8 * Second]));
        // A quiet target keeps the limiter out of it: what is left is the ducking and one gain.
        var ducked = Signals.Mix(new MixPlan(24 * Second, [silence], music, -310)).Samples;
        var free = Signals.Mix(new MixPlan(24 * Second, [], music, -310)).Samples;
        var outside = Difference(3);

        foreach (var second in new[] { 8, 11, 15 })
        {
            Assert.InRange(Difference(second) - outside, -decibel - 0.3, -Math.Min(decibel, 10));
        }

        Assert.Equal(0, Difference(20) - outside, 0.05);

        double Difference(int second) => Signals.RmsDecibel(Part(ducked, second)) - Signals.RmsDecibel(Part(free, second));
    }

    [Fact]
    public void At_AttackAndRelease_AreSmoothAndWholeAtTheWords()
    {
        var plan = new DuckPlan(1_200, 14_400, 38_400);
        var envelope = new DuckEnvelope([(100_000, 200_000)], plan);
        var last = 0;
        var steepest = 0;
        for (var i = 0; i < 300_000; i++)
        {
            var now = envelope.At(i);
            steepest = Math.Max(steepest, Math.Abs(now - last));
            Assert.True(i is < 100_000 or >= 200_000 || now == DuckEnvelope.One, $"Not down at {i}.");
            Assert.True(i is >= 85_600 and < 238_400 || now == 0, $"Down at {i}.");
            last = now;
        }

        // Smoothstep is at most 1.5 times as steep as a straight line; one unit more for whole numbers.
        Assert.InRange(steepest, 1, 1.5 * DuckEnvelope.One / plan.AttackSamples + 2);
        Assert.Equal(0, last);
    }

    [Fact]
    public void At_ShortGapBetweenNarrations_StaysDown()
    {
        var envelope = new DuckEnvelope([(100_000, 200_000), (250_000, 300_000)], new DuckPlan(1_200, 14_400, 38_400));
        for (var i = 100_000; i < 300_000; i++)
        {
            Assert.Equal(DuckEnvelope.One, envelope.At(i));
        }
    }

    private static ReadOnlySpan<float> Part(float[] samples, int second) => samples.AsSpan(2 * second * Second, 2 * Second);
}
