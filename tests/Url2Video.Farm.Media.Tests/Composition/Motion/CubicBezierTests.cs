using FsCheck.Xunit;
using Url2Video.Farm.Media.Composition;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Composition.Motion;

public sealed class CubicBezierTests
{
    private static readonly CubicBezier s_standard = new(4_000, 0, 2_000, 10_000);

    [Fact]
    public void Apply_Ends_AreExact()
    {
        Assert.Equal(0, s_standard.Apply(0));
        Assert.Equal(EasingCurve.One, s_standard.Apply(EasingCurve.One));
        Assert.Equal(123_456_789, CubicBezier.Linear.Apply(123_456_789));
    }

    [Property(MaxTest = 200)]
    public void Apply_AnyCurve_IsWhatTheFormulaSays(int seed)
    {
        var random = new Random(seed);
        var curve = new CubicBezier(random.Next(10_001), random.Next(-20_000, 30_001), random.Next(10_001), random.Next(-20_000, 30_001));
        for (var i = 1; i < 20; i++)
        {
            var t = random.NextDouble();
            var actual = curve.Apply((long)(t * EasingCurve.One)) / (double)EasingCurve.One;

            // Where the curve stands upright a hair of time is a step of place, so the parameter is compared, not the place.
            var (low, high) = (Solve(curve, t - 1e-8), Solve(curve, t + 1e-8));
            var (a, b) = (Value(curve.Y1, curve.Y2, low), Value(curve.Y1, curve.Y2, high));
            Assert.InRange(actual, Math.Min(a, b) - 1e-6, Math.Max(a, b) + 1e-6);
        }
    }

    [Fact]
    public void Apply_CurveThatNeverTurns_NeverGoesBack()
    {
        long before = 0;
        for (long t = 0; t <= EasingCurve.One; t += 9_973)
        {
            var now = s_standard.Apply(t);
            Assert.True(now >= before, $"{t}: {before} then {now}");
            before = now;
        }
    }

    [Fact]
    public void Apply_Overshoot_GoesBeyondTheEndAndReturns()
    {
        var back = new CubicBezier(3_400, 15_600, 6_400, 10_000);

        Assert.InRange(back.Apply(EasingCurve.One / 2) / (double)EasingCurve.One, 1.05, 1.12);
        Assert.Equal(EasingCurve.One, back.Apply(EasingCurve.One));
    }

    private static double Solve(CubicBezier curve, double t)
    {
        var (low, high) = (0.0, 1.0);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Value(curve.X1, curve.X2, middle) < t ? (middle, high) : (low, middle);
        }

        return high;
    }

    private static double Value(int p1, int p2, double s) =>
        (3 * (1 - s) * (1 - s) * s * p1 / 1e4) + (3 * (1 - s) * s * s * p2 / 1e4) + (s * s * s);
}
