using Url2Video.Farm.Media.Audio;
using Url2Video.Farm.Media.Audio.Loudness;

namespace Url2Video.Farm.Media.Tests.Audio;

public class StrictMathTests
{
    [Fact]
    public void SinTurns_AgainstTheLibrary_DiffersByRoundingOnly()
    {
        for (var i = -4_000; i <= 4_000; i++)
        {
            var turns = i / 997.0;
            Assert.Equal(Math.Sin(2 * Math.PI * turns), StrictMath.SinTurns(turns), 1e-13);
        }
    }

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(1.0, 1.2660658777520084)]
    [InlineData(8.0, 427.56411572180474)]
    public void BesselI0_KnownValues_Agree(double x, double expected) => Assert.Equal(expected, StrictMath.BesselI0(x), 1e-10 * expected);

    [Theory]
    [InlineData(-2000)]
    [InlineData(-600)]
    [InlineData(0)]
    [InlineData(600)]
    [InlineData(4000)]
    public void Amplitude_AndBack_IsTheSameLevel(int hundredths)
    {
        Assert.Equal(Math.Pow(10, hundredths / 2000.0), StrictMath.Amplitude(hundredths), 1e-9 * StrictMath.Amplitude(hundredths));
        Assert.Equal(hundredths, StrictMath.DecibelHundredths(StrictMath.Amplitude(hundredths)));
    }

    [Fact]
    public void LufsHundredths_EveryLevel_RoundTrips()
    {
        for (var level = -6_999; level <= 900; level += 7)
        {
            Assert.Equal(level, LoudnessUnits.LufsHundredths(LoudnessUnits.Energy(level)));
        }
    }
}
