using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Tests.Planning;

public sealed class LadderTests
{
    [Theory]
    [InlineData(1920, 1080, "1080p 1920x1080, 720p 1280x720, 480p 854x480")]
    [InlineData(1080, 1920, "1080p 1080x1920, 720p 720x1280, 480p 480x854")]
    [InlineData(1080, 1080, "1080p 1080x1080, 720p 720x720, 480p 480x480")]
    [InlineData(1080, 1350, "1080p 1080x1350, 720p 720x900, 480p 480x600")]
    [InlineData(1280, 720, "720p 1280x720, 480p 854x480, 360p 640x360")]
    [InlineData(3840, 2160, "2160p 3840x2160, 1440p 2560x1440, 1080p 1920x1080, 720p 1280x720")]
    [InlineData(320, 240, "240p 320x240")]
    public void For_NoWish_GivesTheDefaultLadderInTheAspectOfTheCanvas(int width, int height, string expected)
    {
        var rungs = Ladder.For(width, height, []).OrThrow();

        Assert.Equal(expected, string.Join(", ", rungs.Select(r => $"{r.Name} {r.Width}x{r.Height}")));
    }

    [Fact]
    public void For_AnyCanvas_NeverEnlargesAndKeepsSidesEven()
    {
        for (var width = 128; width <= 3840; width += 58)
        {
            for (var height = 128; height <= 2160; height += 46)
            {
                var rungs = Ladder.For(width, height, []).OrThrow();
                Assert.Equal((width, height), (rungs[0].Width, rungs[0].Height));
                Assert.All(rungs, r => Assert.True(r.Width <= width && r.Height <= height && r.Width % 2 == 0 && r.Height % 2 == 0));
                Assert.All(rungs, r => Assert.InRange((double)r.Width * height / ((double)width * r.Height), 0.98, 1.02));
            }
        }
    }

    [Fact]
    public void For_OwnHeights_SortsThemTallestFirst() =>
        Assert.Equal(["720p", "480p", "240p"], Ladder.For(1280, 720, [240, 720, 480]).OrThrow().Select(r => r.Name));

    [Theory]
    [InlineData(1280, 720, new[] { 1080 })]
    [InlineData(1280, 720, new[] { 480, 480 })]
    [InlineData(1280, 720, new[] { 479 })]
    [InlineData(1280, 720, new[] { -2 })]
    [InlineData(1280, 720, new[] { 146, 148, 150, 152, 154, 156, 158, 160, 162 })]
    [InlineData(1279, 720, new int[0])]
    [InlineData(1280, 64, new int[0])]
    [InlineData(7682, 4320, new int[0])]
    public void For_WhatCannotBeMade_IsRefusedWithAWayOut(int width, int height, int[] sides)
    {
        var error = Ladder.For(width, height, [.. sides]).Error;

        Assert.Equal(ErrorCodes.InvalidArgument, error?.Code);
        Assert.NotNull(error?.WayOut);
    }

    [Fact]
    public void Parse_APersonsList_ReadsIt() => Assert.Equal([1080, 720], Ladder.Parse("1080p, 720").OrThrow().AsEnumerable());

    [Theory]
    [InlineData("")]
    [InlineData("1080,,720")]
    [InlineData("../../etc")]
    [InlineData("1,2,3,4,5,6,7,8,9")]
    [InlineData("99999999999")]
    public void Parse_Nonsense_IsRefused(string text) => Assert.Equal(ErrorCodes.InvalidArgument, Ladder.Parse(text).Error?.Code);
}
