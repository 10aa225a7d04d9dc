using Url2Video.Farm.Media.Composition;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Composition.Motion;

public sealed class CounterTests
{
    [Theory]
    [InlineData(1_234_567, 0, ',', 3, "1,234,567")]
    [InlineData(1_234_567, 0, ',', 2, "12,34,567")]
    [InlineData(1_234_567, 0, ',', 0, "1234567")]
    [InlineData(999, 0, ',', 3, "999")]
    [InlineData(0, 0, ',', 3, "0")]
    [InlineData(5, 2, ',', 3, "0.05")]
    [InlineData(125_005, 1, ',', 3, "12,500.5")]
    [InlineData(-1_000, 0, ',', 3, "−1,000")]
    [InlineData(long.MinValue, 0, ',', 2, "−92,23,37,20,36,85,47,75,808")]
    public void Text_AnyValue_IsWrittenAsAsked(long value, int decimals, char group, int groupSize, string expected) =>
        Assert.Equal($"~{expected} m", new Counter("~", " m", 0, 0, decimals, '.', group, groupSize).Text(value));

    [Fact]
    public void At_Shares_RunFromTheFirstToTheLast()
    {
        var counter = new Counter("", "", 100, 300, 0, '.', ',', 0);

        Assert.Equal([100, 200, 300], new[] { 0, EasingCurve.One / 2, EasingCurve.One }.Select(counter.At));
    }
}
