using Url2Video.Farm.Media.Composition;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Composition;

public sealed class EasingTests
{
    public static TheoryData<Easing> All => [.. Enum.GetValues<Easing>()];

    [Theory]
    [MemberData(nameof(All))]
    public void Apply_AnyEasing_StartsAtZeroEndsAtOneAndNeverTurnsBack(Easing easing)
    {
        Assert.Equal(0, EasingCurve.Apply(easing, 0));
        Assert.Equal(EasingCurve.One, EasingCurve.Apply(easing, EasingCurve.One));
        long previous = 0;
        for (long t = 0; t <= EasingCurve.One; t += EasingCurve.One / 1024)
        {
            var now = EasingCurve.Apply(easing, t);
            Assert.True(now >= previous, $"{easing} falls at {t}");
            previous = now;
        }
    }

    [Theory]
    [InlineData(Easing.Linear, 0.25)]
    [InlineData(Easing.OutCubic, 0.578125)]
    [InlineData(Easing.OutQuint, 0.7626953125)]
    [InlineData(Easing.InOutCubic, 0.0625)]
    [InlineData(Easing.Smooth, 0.15625)]
    public void Apply_AQuarter_EqualsThePolynomial(Easing easing, double expected) =>
        Assert.Equal(expected, EasingCurve.Apply(easing, EasingCurve.One / 4) / (double)EasingCurve.One, 8);

    [Fact]
    public void At_BeforeAndAfter_IsClamped()
    {
        Assert.Equal(0, EasingCurve.At(Easing.OutCubic, -5, 10));
        Assert.Equal(EasingCurve.One, EasingCurve.At(Easing.OutCubic, 10, 10));
        Assert.Equal(EasingCurve.One, EasingCurve.At(Easing.Linear, 0, 0));
    }

    [Theory]
    [InlineData(30, 1, 600, 18)]
    [InlineData(30000, 1001, 1000, 29)]
    [InlineData(24, 1, 41, 0)]
    [InlineData(24, 1, 42, 1)]
    public void FramesIn_Milliseconds_CountsWholeFrames(int numerator, int denominator, long milliseconds, int expected) =>
        Assert.Equal(expected, new FrameRate(numerator, denominator).FramesIn(milliseconds));
}
