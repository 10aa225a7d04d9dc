using System.Numerics;
using Url2Video.Farm.Media.Composition;

namespace Url2Video.Farm.Media.Tests.Composition.Clips;

/// <summary>The clock against fractions of any size, which round nothing.</summary>
public sealed class ClipClockTests
{
    private static readonly (int Num, int Den)[] s_rates = [(24_000, 1_001), (24, 1), (25, 1), (30_000, 1_001), (30, 1), (50, 1), (60_000, 1_001), (60, 1), (120, 1)];
    private static readonly (int Num, int Den)[] s_ticks = [(1, 1_000), (1, 90_000), (1, 12_800), (1, 100), (1, 24_000), (1_001, 30_000), (1, 25), (1, 1_000_000_000)];

    [Fact]
    public void TickAt_AnyPartAndRates_IsTheFractionsOwn()
    {
        var random = new Random(4);
        for (var round = 0; round < 20_000; round++)
        {
            var (rate, tick) = (s_rates[random.Next(s_rates.Length)], s_ticks[random.Next(s_ticks.Length)]);
            var first = random.NextInt64(-1_000, 1_000);
            var times = new ClipTimes(tick.Num, tick.Den, first, first + Math.Max(1, random.NextInt64(1, 60L * tick.Den / tick.Num)));
            var millis = (times.EndTick - first) * 1_000L * tick.Num / tick.Den;
            var part = new ClipPart(
                random.NextInt64(0, Math.Max(1, millis)), random.Next(2) == 0 ? null : random.NextInt64(millis + 1, millis + 5_000), random.Next(100, 10_001), random.Next(2) == 0);
            if (part.StartMillis < millis && random.Next(2) == 0)
            {
                part = part with { EndMillis = random.NextInt64(part.StartMillis + 1, millis + 1) };
            }

            if (!ClipClock.IsWithin(part, times))
            {
                continue;
            }

            var clock = new ClipClock(part, new FrameRate(rate.Num, rate.Den), times);
            for (var i = 0; i < 20; i++)
            {
                var frame = random.NextInt64(0, random.Next(2) == 0 ? 200 : 4_000_000);
                Assert.Equal(Oracle(part, rate, times, frame), clock.TickAt(frame));
            }
        }
    }

    /// <summary>Ideal times, rounded as each container rounds them: the film's own rate is shown one to one, and twice the rate twice.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void TickAt_ClipOfTheFilmsRate_ShowsEveryPictureOnce(int times)
    {
        foreach (var rate in s_rates)
        {
            foreach (var tick in s_ticks.Where(t => t.Den != 25 && t.Den != 100 && t != (1_001, 30_000)))
            {
                var shown = Shown((rate.Num, rate.Den), (times * rate.Num, rate.Den), tick, 3_000);

                Assert.Equal(Enumerable.Range(0, 3_000).Select(n => n / times), shown);
            }
        }
    }

    /// <summary>Any two rates: the picture that is due by exact fractions, or the next one when it begins within the half tick (half a millisecond at most).</summary>
    [Fact]
    public void TickAt_AnyTwoRates_IsThePictureThatIsDue()
    {
        foreach (var from in s_rates)
        {
            foreach (var to in s_rates)
            {
                foreach (var tick in s_ticks.Where(t => t is { Num: 1, Den: 1_000 or 90_000 or 12_800 or 1_000_000_000 }))
                {
                    var shown = Shown(from, to, tick, 2_000);
                    for (var n = 0; n < shown.Count; n++)
                    {
                        // n / to = k / from exactly, in 1/(from·to) parts.
                        var due = new BigInteger((long)n * to.Den * from.Num) / ((long)to.Num * from.Den);
                        var toNext = ((due + 1) * from.Den * to.Num * 2_000) - ((BigInteger)n * to.Den * from.Num * 2_000);
                        var isSoon = toNext <= 2 * (BigInteger)from.Num * to.Num; // A millisecond: half for the tick's own rounding, half for ours.
                        Assert.True(shown[n] == (int)due || (isSoon && shown[n] == (int)due + 1), $"{from} → {to} by {tick}, frame {n}: {shown[n]}, due {due}");
                    }
                }
            }
        }
    }

    [Fact]
    public void TickAt_TheEnd_StaysOrBeginsAgain()
    {
        var times = new ClipTimes(1, 1_000, 0, 400);
        var held = new ClipClock(new ClipPart(100, 300), new FrameRate(25), times);
        var looped = new ClipClock(new ClipPart(100, 300, 1_000, IsLooped: true), new FrameRate(25), times);

        Assert.Equal([100, 140, 180, 220, 260, 299, 299], Enumerable.Range(0, 7).Select(n => held.TickAt(n)));
        Assert.Equal([100, 140, 180, 220, 260, 100, 140], Enumerable.Range(0, 7).Select(n => looped.TickAt(n)));
        Assert.Equal(100 + 40, looped.TickAt(5_000_000_001));
    }

    [Fact]
    public void New_PartThatBeginsAfterTheEnd_IsRefused()
    {
        var times = new ClipTimes(1, 25, 0, 25);

        Assert.False(ClipClock.IsWithin(new ClipPart(1_000), times));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClipClock(new ClipPart(1_000), new FrameRate(25), times));
    }

    private static List<int> Shown((int Num, int Den) from, (int Num, int Den) to, (int Num, int Den) tick, int frames)
    {
        var needed = (int)((long)frames * to.Den * from.Num / ((long)to.Num * from.Den)) + 3;
        var ticks = Enumerable.Range(0, needed).Select(k => RoundedTick(k, from, tick)).ToArray();
        var clock = new ClipClock(new ClipPart(), new FrameRate(to.Num, to.Den), new ClipTimes(tick.Num, tick.Den, 0, ticks[^1] + 1));
        return [.. Enumerable.Range(0, frames).Select(n =>
        {
            var found = Array.BinarySearch(ticks, clock.TickAt(n));
            return found >= 0 ? found : ~found - 1;
        })];
    }

    // Halves up, as muxers do.
    private static long RoundedTick(int picture, (int Num, int Den) rate, (int Num, int Den) tick)
    {
        var (num, den) = ((BigInteger)picture * rate.Den * tick.Den, (BigInteger)rate.Num * tick.Num);
        return (long)((2 * num + den) / (2 * den));
    }

    private static long Oracle(ClipPart part, (int Num, int Den) rate, ClipTimes times, long frame)
    {
        // Seconds as fractions over one common denominator.
        var common = (BigInteger)rate.Num * 2_000_000 * times.TickDen;
        var tick = common * times.TickNum / times.TickDen;
        var milli = common / 1_000;
        var start = part.StartMillis * milli;
        var natural = (times.EndTick - times.FirstTick) * tick;
        var end = part.EndMillis is { } cut ? BigInteger.Min(natural, cut * milli) : natural;
        var at = common * frame * rate.Den * part.SpeedThousandths / ((BigInteger)rate.Num * 1_000);
        var played = part.IsLooped ? at % (end - start) : at;

        // The last tick not after the moment (and its grace) that still lies before the end.
        var moment = start + played + (BigInteger.Min(tick, milli) / 2);
        var last = moment / tick;
        var beforeEnd = ((end + tick - 1) / tick) - 1;
        return times.FirstTick + (long)BigInteger.Min(last, beforeEnd);
    }
}
