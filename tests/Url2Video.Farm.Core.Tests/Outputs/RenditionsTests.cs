using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Outputs;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Tests.Outputs;

public sealed class RenditionsTests
{
    [Fact]
    public void For_WhatWasPossibleBefore_IsTheLadderOfBefore()
    {
        var rungs = Of(FormatCatalog.Customary, EncodingWishes.Customary);

        Assert.Equal(Ladder.For(1920, 1080, [1080, 720, 480]).OrThrow().ToArray(), rungs.ToArray());
        Assert.Equal(
            [new Rung("1080p", 1920, 1080, 21, "veryfast"), new("720p", 1280, 720, 22, "veryfast"), new("480p", 854, 480, 23, "veryfast")],
            rungs.ToArray());
    }

    [Theory]
    [InlineData(OutputFormats.WebM, "1080p-vp9")]
    [InlineData(OutputFormats.WebM | OutputFormats.WebMAv1 | OutputFormats.Mp4Av1, "1080p-av1,1080p-vp9")]
    [InlineData(OutputFormats.ProRes | OutputFormats.Png, "1080p-prores422,1080p-png")]
    [InlineData(OutputFormats.Avi, "1080p-inorder")]
    [InlineData(OutputFormats.Wav24 | OutputFormats.Mp3 | OutputFormats.M4a, "")]
    public void For_FilesOfOtherCodecs_MakesNoH264ThatNobodyWants(OutputFormats formats, string names)
    {
        var rungs = Of(formats, EncodingWishes.Customary);

        Assert.Equal(names, string.Join(',', rungs.Select(r => r.Name)));
        Assert.All(rungs, r => Assert.True(r.IsFileOnly));
    }

    [Fact]
    public void For_MoreCodecs_GivesEachTheWholeLadderAndFilesTheirTallest()
    {
        var rungs = Of(OutputFormats.Hls | OutputFormats.Mp4Hevc | OutputFormats.WebM, new EncodingWishes { Codecs = [VideoCodec.Av1, VideoCodec.Hevc] });

        Assert.Equal(
            ["1080p", "720p", "480p", "1080p-hevc", "720p-hevc", "480p-hevc", "1080p-av1", "720p-av1", "480p-av1", "1080p-vp9"],
            rungs.Select(r => r.Name));
        Assert.Equal(9, rungs.TakeWhile(r => !r.IsFileOnly).Count());
        Assert.Equal("1080p-hevc", Renditions.SourceOf(FormatCatalog.Of(OutputFormats.Mp4Hevc), rungs)!.Name);
    }

    [Fact]
    public void SourceOf_AGif_IsTheSmallestThatNeedNotBeEnlarged()
    {
        var gif = FormatCatalog.Of(OutputFormats.Gif);

        Assert.Equal("480p", Renditions.SourceOf(gif, Of(OutputFormats.Gif, EncodingWishes.Customary))!.Name);
        Assert.Equal("200p", Renditions.SourceOf(gif, Renditions.For(300, 200, [], OutputFormats.Gif, EncodingWishes.Customary).OrThrow())!.Name);
    }

    [Fact]
    public void For_Wishes_MoveTheRateFactorWithinItsScaleAndNameTheGpu()
    {
        var fast = Of(OutputFormats.Hls | OutputFormats.ProRes, new EncodingWishes { Profile = EncodingProfile.Fast, CrfShift = -12, Nvenc = true, Codecs = [VideoCodec.Av1] });

        Assert.Equal([("1080p-nvenc", 9, "ultrafast"), ("720p-nvenc", 10, "ultrafast")], fast.Take(2).Select(r => (r.Name, r.Crf, r.Preset)));
        Assert.Equal(("1080p-prores422", 0, false), (fast[^1].Name, fast[^1].Crf, fast[^1].IsNvenc));
        Assert.Equal(["encoder:av1_nvenc", "encoder:h264_nvenc", "encoder:prores_ks"], fast.Select(CodecTable.NeedOf).OfType<string>().Distinct().Order(StringComparer.Ordinal));
        Assert.All(Of(OutputFormats.Hls, new EncodingWishes { CrfShift = 400 }), r => Assert.Equal(51, r.Crf));
    }

    [Fact]
    public void Names_OfAllCodecsAndSides_AreFolderSafeAndDifferent()
    {
        var names = Enum.GetValues<VideoCodec>().SelectMany(c => new[] { 1080, 480 }.Select(s => Ladder.Make(1920, 1080, s, c).Name)).ToList();

        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(names, n => Assert.Matches("^[0-9]+p(-[a-z0-9]+)?$", n));
    }

    [Fact]
    public void Catalog_EveryFormat_HasAFlagAWordAndAFileOfItsOwn()
    {
        Assert.Equal(Enum.GetValues<OutputFormats>().Count(f => int.IsPow2((int)f)), FormatCatalog.All.Length);
        Assert.Equal(FormatCatalog.All.Length, FormatCatalog.All.Select(f => f.Word).Distinct().Count());
        Assert.Equal(FormatCatalog.All.Length - 2, FormatCatalog.All.Select(f => f.FileName).OfType<string>().Distinct().Count());
        Assert.All(FormatCatalog.All, f => Assert.Same(f, FormatCatalog.Find(f.Word.ToUpperInvariant())));
    }

    private static ImmutableArray<Rung> Of(OutputFormats formats, EncodingWishes encoding) => Renditions.For(1920, 1080, [1080, 720, 480], formats, encoding).OrThrow();
}
