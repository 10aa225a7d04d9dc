using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Tests.Outputs;

public sealed class FormatBoundsTests
{
    [Theory]
    [InlineData(OutputFormats.Gif, 59, null)]
    [InlineData(OutputFormats.Gif, 61, "GIF")]
    [InlineData(OutputFormats.Png, 240, null)]
    [InlineData(OutputFormats.Png, 241, "PNG")]
    [InlineData(OutputFormats.Wav, 3_600, null)]
    [InlineData(OutputFormats.Mp4, 3_600, null)]
    public void Problem_WhatAFormatCannotHold_IsRefusedBeforeItIsRendered(OutputFormats formats, int seconds, string? named)
    {
        var error = FormatBounds.Problem(Plan(seconds), formats, EncodingWishes.Customary);

        Assert.Equal(named is null ? null : ErrorCodes.TooLarge, error?.Code);
        Assert.True(named is null || (error!.Message.Contains(named, StringComparison.Ordinal) && error.WayOut is { Length: > 0 }), error?.Message);
    }

    [Theory]
    [InlineData(60, false)]
    [InlineData(61, true)]
    public void Problem_LongerThanThePresetAllows_IsRefusedAndNamesIt(int seconds, bool isRefused)
    {
        var error = FormatBounds.Problem(Plan(seconds), OutputFormats.Mp4, new EncodingWishes { SecondsMax = 60, Preset = "instagram-feed" });

        Assert.Equal(isRefused, error is not null);
        Assert.True(error is null || error.Message.Contains("instagram-feed", StringComparison.Ordinal));
    }

    private static FilmPlan Plan(int seconds) => new(new Rational(30, 1), 1920, 1080, seconds * 30L, seconds * 48_000L, 0, [], [], []);
}
