using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Packaging;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Publishing;

namespace Url2Video.Farm.Core.Tests.Packaging;

public sealed class PackageContentsTests
{
    private static readonly FilmPlan Plan = new(
        new Rational(30, 1), 320, 180, 128, 204_800, 201,
        [new Rung("180p", 320, 180, 23, "veryfast")],
        [],
        [new ChunkSlot(0, [new SegmentSlot(0, 0, 64, 0, 101), new SegmentSlot(1, 64, 64, 101, 100)])]);

    [Fact]
    public void Of_HlsOnly_NamesPlaylistsAndSegmentsAndNoManifest()
    {
        var files = PackageContents.Of(new PublishSpec(Plan, OutputFormats.Hls, "en", "T", HasCaptions: true));

        Assert.Equal(
            ImmutableArray.Create(
                "hls/180p.m3u8", "hls/audio.m3u8", "hls/captions.m3u8", "hls/master.m3u8",
                "media/180p/00001.m4s", "media/180p/00002.m4s", "media/180p/init.mp4",
                "media/audio/00001.m4s", "media/audio/00002.m4s", "media/audio/init.mp4", "media/captions.vtt"),
            files.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("media/180p/00001.m4s", true)]
    [InlineData("media/audio/init.mp4", true)]
    [InlineData("dash/manifest.mpd", true)]
    [InlineData("media/notes.txt", false)]
    [InlineData("hls/poster.jpg", false)]
    public void IsPackageFile_KnowsItsOwn(string path, bool expected) => Assert.Equal(expected, PackageContents.IsPackageFile(path));
}
