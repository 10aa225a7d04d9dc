using Url2Video.Farm.Media.Composition;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Composition;

public sealed class SwingTests
{
    [Fact]
    public void At_QuarterTurns_IsAtRestOrAtTheEnd()
    {
        Assert.Equal([0, 1_000, 0, -1_000], new[] { 0u, 1u << 30, 1u << 31, 3u << 30 }.Select(turn => Swing.At(1_000, turn)));
    }

    [Fact]
    public void At_WholeTurn_NeverJumps()
    {
        var before = Swing.At(10_000, 0);
        for (long turn = 1 << 20; turn <= 1L << 32; turn += 1 << 20)
        {
            var here = Swing.At(10_000, (uint)turn);
            Assert.InRange(here - before, -21, 21); // The steepest step: 8 · 10,000 / 4096, half of it up to the top.
            before = here;
        }
    }

    [Fact]
    public void Turn_AfterAPeriod_IsTheSameAgain()
    {
        var rate = new FrameRate(30_000, 1_001);
        Assert.Equal(5u, Swing.Turn(0, rate, 1_001, 5));
        Assert.Equal(5u, Swing.Turn(30_000, rate, 1_001, 5));
        Assert.Equal(5u + (1u << 31), Swing.Turn(15_000, rate, 1_001, 5));
    }
}
