using Url2Video.Farm.Media.Composition;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Composition.Memory;

public sealed class SceneMemoryTests
{
    /// <summary>Whoever wants most of a shared part decides, in whatever order they are asked.</summary>
    [Theory]
    [InlineData(10, 30, 20)]
    [InlineData(30, 20, 10)]
    [InlineData(20, 10, 30)]
    public void Once_OfOnePartThatThreeUse_IsTheMostThatOneWants(long a, long b, long c)
    {
        var desk = new MemoryDesk(static _ => new PictureFacts(1, 1));

        Assert.Equal(30, desk.Once("part", a) + desk.Once("part", b) + desk.Once("part", c));
        Assert.Equal(7, desk.Once("another", 7));
    }

    /// <summary>Two scenes in a transition draw in the same frames, and one part after the other is made ready.</summary>
    [Fact]
    public void With_ASceneThatIsStillInSight_CountsFramesAndWhatPassesOnce()
    {
        var before = new SceneMemory([new MemoryPart(MemoryPlace.Frames, 0, 100, 0), new MemoryPart(MemoryPlace.Background, 0, 40, 900)]);
        var now = new SceneMemory([new MemoryPart(MemoryPlace.Frames, 0, 60, 0), new MemoryPart(MemoryPlace.Background, 0, 30, 500)]);

        Assert.Equal((1_040, 590), (before.Bytes, now.Bytes));
        Assert.Equal(100 + 40 + 30 + 900, now.With(before));
        Assert.Equal(now.With(before), before.With(now));
    }
}
