using Url2Video.Farm.Core.Quality;

namespace Url2Video.Farm.Core.Tests.Quality;

public sealed class FrameClockTests
{
    [Theory]
    [InlineData("30", 1, 15_360, 512)]
    [InlineData("25", 1, 1_000, 40)]
    [InlineData("30000/1001", 1, 30_000, 1_001)]
    [InlineData("15", 1, 15, 1)]
    public void Rate_OfEvenTimes_IsExactAndConstant(string fps, int num, int den, int step)
    {
        var clock = Clock(num, den, i => 4_711 + (i * (long)step));

        Assert.Equal((fps, true), (clock.Rate().Fps.ToString(), clock.Rate().IsConstant));
    }

    /// <summary>Matroska counts milliseconds: 29.97 frames a second come as 33 and 34.</summary>
    [Fact]
    public void Rate_OfRoundedTimes_IsTheCustomaryOne()
    {
        var clock = Clock(1, 1_000, i => i * 1_001_000L / 30_000);

        Assert.Equal(("30000/1001", true), (clock.Rate().Fps.ToString(), clock.Rate().IsConstant));
    }

    [Fact]
    public void Rate_WithAFrameOutOfItsPlace_IsNotConstant() => Assert.False(Clock(1, 15_360, i => (i * 512L) + (i == 100 ? 200 : 0)).Rate().IsConstant);

    [Fact]
    public void Rate_OfOneFrameOrNone_IsCalm() => Assert.Equal((true, true), (new FrameClock().Rate().IsConstant, Clock(1, 1, i => i, 1).Rate().IsConstant));

    private static FrameClock Clock(int num, int den, Func<long, long> ticks, int count = 300)
    {
        var clock = new FrameClock { TimeBase = new Rational(num, den) };
        for (var i = 0L; i < count; i++)
        {
            clock.Add(ticks(i));
        }

        return clock;
    }
}
