using Url2Video.Farm.Media.Audio;
using Url2Video.Farm.Media.Audio.Effects;
using Url2Video.Farm.Media.Audio.Spatial;
using Url2Video.Farm.Media.Tests.FFmpeg;
using Xunit.Abstractions;

namespace Url2Video.Farm.Media.Tests.Audio;

/// <summary>Skipped, visibly, where no measured head is installed.</summary>
public sealed class RequiresHeadTheoryAttribute : TheoryAttribute
{
    public RequiresHeadTheoryAttribute() => Skip = HeadFilters.HasMeasuredHead ? null : "libmysofa's default.sofa is not installed";
}

[Collection(FFmpegCollection.Name)]
public class SpatialTests(ITestOutputHelper output)
{
    /// <summary>The near ear hears it louder and sooner; the figures are those of a head of 17.5 cm.</summary>
    [Theory]
    [InlineData(90, 20, 40)]
    [InlineData(-90, -40, -20)]
    [InlineData(45, 12, 28)]
    [InlineData(0, 0, 0)]
    [InlineData(180, 0, 0)]
    [InlineData(-135, -28, -12)]
    public void Panner_Azimuth_GivesLevelAndTime(int azimuth, int laterMin, int laterMax) =>
        Judge(PanFilter.Of(new SoundPosition(azimuth, 0, 100)), azimuth, laterMin, laterMax);

    [RequiresHeadTheory]
    [InlineData(90, 20, 45)]
    [InlineData(-90, -45, -20)]
    [InlineData(45, 10, 32)]
    [InlineData(0, -1, 1)]
    [InlineData(-135, -32, -10)]
    public void MeasuredHead_Azimuth_GivesLevelAndTime(int azimuth, int laterMin, int laterMax) =>
        Judge(SofaHead.Of(new SoundPosition(azimuth, 0, 100))!, azimuth, laterMin, laterMax);

    /// <summary>What a panner cannot: above, behind and ahead are different sounds.</summary>
    [RequiresHeadTheory]
    [InlineData(0, 60)]
    [InlineData(180, 0)]
    [InlineData(0, -40)]
    public void MeasuredHead_AboveAndBehind_SoundDifferent(int azimuth, int elevation)
    {
        var ahead = SofaHead.Of(new SoundPosition(0, 0, 100))!;
        var there = SofaHead.Of(new SoundPosition(azimuth, elevation, 100))!;
        var difference = ahead.Left.Zip(there.Left).Sum(p => Math.Pow(p.First - p.Second, 2)) / ahead.Left.Sum(v => v * v);

        Assert.True(difference > 0.1, $"The responses differ by {difference:0.000} of their energy.");
    }

    [RequiresHeadTheory]
    [InlineData(30, 10)]
    [InlineData(-110, 0)]
    public void MeasuredHead_AskedTwice_IsTheSameToTheBit(int azimuth, int elevation)
    {
        var position = new SoundPosition(azimuth, elevation, 100);
        Assert.Equal(Signals.Hash<double>(SofaHead.Of(position)!.Left), Signals.Hash<double>(SofaHead.Of(position)!.Left));
    }

    [Fact]
    public void Distance_Doubled_IsSixDecibelsLess()
    {
        var near = PanFilter.Of(new SoundPosition(30, 0, 100)).Left.Max();
        var far = PanFilter.Of(new SoundPosition(30, 0, 200)).Left.Max();
        Assert.Equal(0.5, far / near, 1e-12);
    }

    /// <summary>Vectors against one after the other, odd lengths and tails included.</summary>
    [Fact]
    public void Run_RandomSignals_HasTheBitsOfTheScalarOne()
    {
        var random = new Random(1);
        for (var round = 0; round < 300; round++)
        {
            var h = Doubles(random, random.Next(1, 70));
            var y = new double[random.Next(0, 90)];
            var x = Doubles(random, y.Length + h.Length - 1 + random.Next(3));
            var expected = new double[y.Length];
            Convolution.Run(h, x, y);
            Convolution.RunScalar(h, x, expected);
            Assert.Equal(Signals.Hash<double>(expected), Signals.Hash<double>(y));
        }
    }

    /// <summary>The oracle itself, by a sum written out; taps in the other order (a mutant) are found.</summary>
    [Fact]
    public void RunScalar_Impulse_IsTheResponse()
    {
        double[] h = [1, 2, 4, 8];
        var x = new double[13];
        x[3 + 5] = 1;
        var y = new double[10];
        Convolution.RunScalar(h, x, y);

        Assert.Equal([0, 0, 0, 0, 0, 1, 2, 4, 8, 0], y);
    }

    [Fact]
    public void AddTo_AnyBlocks_AreOneSignal()
    {
        var filter = new HeadFilter(Doubles(new Random(2), 36), Doubles(new Random(3), 36), 7);
        var mono = Enumerable.Range(0, 20_000).Select(i => (int)(1e6 * Math.Sin(i * 0.37) + i % 977)).ToArray();
        var whole = Filtered(filter, mono, 4_800);

        Assert.Equal(Signals.Hash<int>(whole), Signals.Hash<int>(Filtered(filter, mono, 1)));
        Assert.Equal(Signals.Hash<int>(whole), Signals.Hash<int>(Filtered(filter, mono, 4_799)));
    }

    [Theory]
    [InlineData(RoomSize.Small, 200, 550)]
    [InlineData(RoomSize.Medium, 550, 1_050)]
    [InlineData(RoomSize.Large, 1_400, 2_400)]
    public void Room_Impulse_DiesInItsTime(RoomSize size, int msMin, int msMax)
    {
        var room = new RoomReverb(new RoomPlan(size, 100));
        var answer = new int[2 * 48_000 * 3];
        (answer[0], answer[1]) = (1 << 22, 1 << 22);
        room.Apply(answer);
        var millis = Rt60(answer);
        output.WriteLine($"{size}: {millis} ms to -60 dB");

        Assert.InRange(millis, msMin, msMax);
        // It is wide: the ears do not hear the same.
        Assert.True(Correlation(answer) < 0.6);
    }

    [Fact]
    public void Room_Dry_ChangesNothing()
    {
        var room = new RoomReverb(new RoomPlan(RoomSize.Large, 0));
        var stereo = Enumerable.Range(0, 9_600).Select(i => i * 7).ToArray();
        var before = stereo.ToArray();
        room.Apply(stereo);
        Assert.Equal(before, stereo);
    }

    private void Judge(HeadFilter filter, int azimuth, int laterMin, int laterMax)
    {
        var later = PeakOf(filter.Left) - PeakOf(filter.Right);
        var level = 10 * Math.Log10(filter.Right.Sum(v => v * v) / filter.Left.Sum(v => v * v));
        output.WriteLine($"{azimuth}°: right louder by {level:0.0} dB and sooner by {later} samples");
        Assert.InRange(later, laterMin, laterMax);
        var side = Math.Sin(azimuth * Math.PI / 180);
        Assert.True(Math.Abs(side) < 0.01 ? Math.Abs(level) < 1.5 : Math.Sign(level) == Math.Sign(side) && Math.Abs(level) > 3);
    }

    private static int[] Filtered(HeadFilter filter, int[] mono, int block)
    {
        var stream = new HeadStream(filter);
        stream.Prime(mono.AsSpan(0, filter.LeadSamples));
        var rest = mono.AsSpan(filter.LeadSamples);
        var stereo = new int[2 * rest.Length];
        for (var at = 0; at < rest.Length; at += block)
        {
            var count = Math.Min(block, rest.Length - at);
            stream.AddTo(rest.Slice(at, count), stereo.AsSpan(2 * at, 2 * count));
        }

        return stereo;
    }

    private static double[] Doubles(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextDouble() - 1)];

    private static int PeakOf(double[] response) => Array.IndexOf(response, response.MaxBy(Math.Abs));

    /// <summary>Schroeder's backward integral: from −5 to −35 dB, doubled.</summary>
    private static int Rt60(int[] stereo)
    {
        var tail = new double[stereo.Length / 2 + 1];
        for (var i = tail.Length - 2; i >= 1; i--)
        {
            tail[i] = tail[i + 1] + (double)stereo[2 * i] * stereo[2 * i];
        }

        var (from, until) = (First(-5), First(-35));
        return (until - from) * 2 / 48;

        int First(double decibel) => Array.FindIndex(tail, 1, t => t < tail[1] * Math.Pow(10, decibel / 10));
    }

    private static double Correlation(int[] stereo)
    {
        var (both, left, right) = (0.0, 0.0, 0.0);
        for (var i = 2; i < stereo.Length; i += 2)
        {
            both += (double)stereo[i] * stereo[i + 1];
            left += (double)stereo[i] * stereo[i];
            right += (double)stereo[i + 1] * stereo[i + 1];
        }

        return Math.Abs(both) / Math.Sqrt(left * right);
    }
}
