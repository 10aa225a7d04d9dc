using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Packaging;
using Url2Video.Farm.Core.Packaging.TrickPlay;
using Url2Video.Farm.Core.Planning;
using static Url2Video.Farm.Core.Tests.Planning.Films;

namespace Url2Video.Farm.Core.Tests.Packaging.TrickPlay;

/// <summary>What playlists, manifest and WebVTT say of I-frames and sheets, word by word.</summary>
public sealed class TrickPlayTextTests
{
    // 29.97 fps: 151 frames, the last of six I-frames lasts for one of them.
    private static readonly FilmPlan Odd = FilmPlanner.Plan(
        Facts(Scene(isFixed: 5_040)) with { Fps = new Rational(30_000, 1_001) }, [null], [720]).OrThrow();

    private static readonly IFrameFile Track = new("avc1.64100d", 640, 360, Artifact("iframes", 60_800), 800, [10_000, 12_000, 11_000, 9_000, 10_000, 8_000]);

    private static readonly ThumbnailFiles Small = new(192, 108, [Artifact("sheet", 60_000)]);

    private static PackageView View { get; } = new(
        Odd,
        [Rendition.OfVideo(Odd, "720p", "avc1.64001f", [250_000, 200_000, 90_000])],
        Rendition.OfAudio(Odd, "mp4a.40.2", [32_000, 32_000, 17_000]),
        "en",
        2,
        "Film",
        HasCaptions: false)
    {
        TrickPlay = new TrickPlayFiles(Track, Small),
    };

    [Fact]
    public void IFrames_AreRangesOfTheirOwnFragments() => Assert.Equal(
        """
        #EXTM3U
        #EXT-X-VERSION:7
        #EXT-X-TARGETDURATION:1
        #EXT-X-MEDIA-SEQUENCE:0
        #EXT-X-PLAYLIST-TYPE:VOD
        #EXT-X-INDEPENDENT-SEGMENTS
        #EXT-X-I-FRAMES-ONLY
        #EXT-X-MAP:URI="../media/iframes.mp4",BYTERANGE="800@0"
        #EXTINF:1.001000,
        #EXT-X-BYTERANGE:10000@800
        ../media/iframes.mp4
        #EXTINF:1.001000,
        #EXT-X-BYTERANGE:12000@10800
        ../media/iframes.mp4
        #EXTINF:1.001000,
        #EXT-X-BYTERANGE:11000@22800
        ../media/iframes.mp4
        #EXTINF:1.001000,
        #EXT-X-BYTERANGE:9000@33800
        ../media/iframes.mp4
        #EXTINF:1.001000,
        #EXT-X-BYTERANGE:10000@42800
        ../media/iframes.mp4
        #EXTINF:0.033367,
        #EXT-X-BYTERANGE:8000@52800
        ../media/iframes.mp4
        #EXT-X-ENDLIST

        """,
        HlsTrickPlay.IFrames(View, Track));

    [Fact]
    public void Thumbnails_TellHowASheetIsDivided() => Assert.Equal(
        """
        #EXTM3U
        #EXT-X-VERSION:7
        #EXT-X-TARGETDURATION:5
        #EXT-X-MEDIA-SEQUENCE:0
        #EXT-X-PLAYLIST-TYPE:VOD
        #EXT-X-INDEPENDENT-SEGMENTS
        #EXT-X-IMAGES-ONLY
        #EXTINF:5.038367,
        #EXT-X-TILES:RESOLUTION=192x108,LAYOUT=5x5,DURATION=2.000
        ../media/thumbnails/00001.jpg
        #EXT-X-ENDLIST

        """,
        HlsTrickPlay.Thumbnails(View, Small));

    [Fact]
    public void Thumbnails_OfALongFilm_AreSheetsOfFiftySeconds()
    {
        var plan = FilmPlanner.Plan(Facts(Scene(isFixed: 112_000)), [null], [720]).OrThrow();
        var text = HlsTrickPlay.Thumbnails(View with { Plan = plan }, Small with { Sheets = [Small.Sheets[0], Small.Sheets[0], Small.Sheets[0]] });

        Assert.Equal(["#EXTINF:50.000000,", "#EXTINF:50.000000,", "#EXTINF:12.000000,"], text.Split('\n').Where(l => l.StartsWith("#EXTINF", StringComparison.Ordinal)));
        Assert.Contains("#EXT-X-TARGETDURATION:50\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Master_NamesBothAfterAllVariants() => Assert.EndsWith(
        """
        720p.m3u8
        #EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=139216,AVERAGE-BANDWIDTH=95269,CODECS="avc1.64100d",RESOLUTION=640x360,URI="iframes.m3u8"
        #EXT-X-IMAGE-STREAM-INF:BANDWIDTH=95269,CODECS="jpeg",RESOLUTION=192x108,URI="thumbnails.m3u8"

        """,
        HlsMasterPlaylist.Write(View),
        StringComparison.Ordinal);

    [Fact]
    public void Manifest_HasASetOfTiles() => Assert.EndsWith(
        """
            <AdaptationSet id="3" contentType="image" mimeType="image/jpeg">
              <SegmentTemplate media="../media/$RepresentationID$/$Number%05d$.jpg" duration="50" startNumber="1" />
              <Representation id="thumbnails" bandwidth="95269" width="960" height="540">
                <EssentialProperty schemeIdUri="http://dashif.org/guidelines/thumbnail_tile" value="5x5" />
              </Representation>
            </AdaptationSet>
          </Period>
        </MPD>

        """,
        DashManifest.Write(View),
        StringComparison.Ordinal);

    [Fact]
    public void Cues_NameAPartOfASheetForEveryTwoSeconds() => Assert.Equal(
        """
        WEBVTT

        00:00:00.000 --> 00:00:02.000
        thumbnails/00001.jpg#xywh=0,0,192,108

        00:00:02.000 --> 00:00:04.000
        thumbnails/00001.jpg#xywh=192,0,192,108

        00:00:04.000 --> 00:00:05.039
        thumbnails/00001.jpg#xywh=384,0,192,108

        """,
        ThumbnailCues.Write(View, Small));

    [Fact]
    public void Texts_WithoutTrickPlay_SayNothingOfIt()
    {
        var bare = View with { TrickPlay = null };
        var none = View with { TrickPlay = new TrickPlayFiles(null, null) };

        Assert.Equal(HlsMasterPlaylist.Write(bare), HlsMasterPlaylist.Write(none));
        Assert.Equal(DashManifest.Write(bare), DashManifest.Write(none));
        Assert.EndsWith("720p.m3u8\n", HlsMasterPlaylist.Write(bare), StringComparison.Ordinal);
        Assert.DoesNotContain("image", DashManifest.Write(bare), StringComparison.Ordinal);
    }
}
