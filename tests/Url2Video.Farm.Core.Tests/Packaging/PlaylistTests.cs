using System.Collections.Immutable;
using Url2Video.Farm.Core.Packaging;
using Url2Video.Farm.Core.Planning;
using static Url2Video.Farm.Core.Tests.Planning.Films;

namespace Url2Video.Farm.Core.Tests.Packaging;

public sealed class PlaylistTests
{
    // 29.97 fps and a tail: 60 + 60 + 31 frames, 720p alone.
    private static readonly FilmPlan Odd = FilmPlanner.Plan(
        Facts(Scene(isFixed: 5_040)) with { Fps = new Rational(30_000, 1_001) }, [null], [720]).OrThrow();

    private static readonly Rendition Video = Rendition.OfVideo(Odd, "720p", "avc1.64001f", [250_000, 200_000, 90_000]);
    private static readonly Rendition Audio = Rendition.OfAudio(Odd, "mp4a.40.2", [32_000, 32_000, 17_000]);

    [Fact]
    public void Media_Growing_IsAnEventList() => Assert.Equal(
        """
        #EXTM3U
        #EXT-X-VERSION:7
        #EXT-X-TARGETDURATION:2
        #EXT-X-MEDIA-SEQUENCE:0
        #EXT-X-PLAYLIST-TYPE:EVENT
        #EXT-X-INDEPENDENT-SEGMENTS
        #EXT-X-START:TIME-OFFSET=0
        #EXT-X-MAP:URI="../media/720p/init.mp4"
        #EXTINF:2.002000,
        ../media/720p/00001.m4s
        #EXTINF:2.002000,
        ../media/720p/00002.m4s

        """,
        HlsMediaPlaylist.Write(Video with { Segments = Video.Segments[..2] }, Rendition.TargetSeconds(Odd), isComplete: false));

    [Fact]
    public void Media_Complete_IsVodWithAnEnd() => Assert.Equal(
        """
        #EXTM3U
        #EXT-X-VERSION:7
        #EXT-X-TARGETDURATION:2
        #EXT-X-MEDIA-SEQUENCE:0
        #EXT-X-PLAYLIST-TYPE:VOD
        #EXT-X-INDEPENDENT-SEGMENTS
        #EXT-X-MAP:URI="../media/audio/init.mp4"
        #EXTINF:2.005333,
        ../media/audio/00001.m4s
        #EXTINF:2.005334,
        ../media/audio/00002.m4s
        #EXTINF:1.027708,
        ../media/audio/00003.m4s
        #EXT-X-ENDLIST

        """,
        HlsMediaPlaylist.Write(Audio, Rendition.TargetSeconds(Odd), isComplete: true));

    [Fact]
    public void Captions_AreOneFileAsLongAsTheFilm() => Assert.Equal(
        """
        #EXTM3U
        #EXT-X-VERSION:7
        #EXT-X-TARGETDURATION:6
        #EXT-X-MEDIA-SEQUENCE:0
        #EXT-X-PLAYLIST-TYPE:VOD
        #EXT-X-INDEPENDENT-SEGMENTS
        #EXTINF:5.038367,
        ../media/captions.vtt
        #EXT-X-ENDLIST

        """,
        HlsMediaPlaylist.WriteCaptions(Odd));

    [Fact]
    public void Master_SaysEverythingOfEveryRung() => Assert.Equal(
        """
        #EXTM3U
        #EXT-X-VERSION:7
        #EXT-X-INDEPENDENT-SEGMENTS
        #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Deutsch",LANGUAGE="de-AT",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="audio.m3u8"
        #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="captions",NAME="Deutsch",LANGUAGE="de-AT",DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,URI="captions.m3u8"
        #EXT-X-STREAM-INF:BANDWIDTH=1131335,AVERAGE-BANDWIDTH=986034,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=29.970,AUDIO="audio",SUBTITLES="captions",CLOSED-CAPTIONS=NONE
        720p.m3u8

        """,
        HlsMasterPlaylist.Write(View("de-AT", hasCaptions: true)));

    [Fact]
    public void Manifest_NamesTheSameFilesWithExactTimes() => Assert.Equal(
        """
        <?xml version="1.0" encoding="utf-8"?>
        <MPD profiles="urn:mpeg:dash:profile:isoff-live:2011,urn:mpeg:dash:profile:cmaf:2019" type="static" mediaPresentationDuration="PT5.038367S" maxSegmentDuration="PT2.002S" minBufferTime="PT4.004S" xmlns="urn:mpeg:dash:schema:mpd:2011">
          <ProgramInformation>
            <Title>&lt;b&gt; &amp; "c" �</Title>
          </ProgramInformation>
          <Period id="0" start="PT0S">
            <AdaptationSet id="0" contentType="video" mimeType="video/mp4" segmentAlignment="true" startWithSAP="1" par="16:9" maxWidth="1280" maxHeight="720" frameRate="30000/1001">
              <Role schemeIdUri="urn:mpeg:dash:role:2011" value="main" />
              <SegmentTemplate timescale="30000" initialization="../media/$RepresentationID$/init.mp4" media="../media/$RepresentationID$/$Number%05d$.m4s" startNumber="1">
                <SegmentTimeline>
                  <S t="0" d="60060" r="1" />
                  <S t="120120" d="31031" />
                </SegmentTimeline>
              </SegmentTemplate>
              <Representation id="720p" bandwidth="999001" codecs="avc1.64001f" width="1280" height="720" sar="1:1" />
            </AdaptationSet>
            <AdaptationSet id="1" contentType="audio" mimeType="audio/mp4" lang="und" segmentAlignment="true" startWithSAP="1">
              <AudioChannelConfiguration schemeIdUri="urn:mpeg:dash:23003:3:audio_channel_configuration:2011" value="2" />
              <Role schemeIdUri="urn:mpeg:dash:role:2011" value="main" />
              <SegmentTemplate timescale="48000" initialization="../media/$RepresentationID$/init.mp4" media="../media/$RepresentationID$/$Number%05d$.m4s" startNumber="1">
                <SegmentTimeline>
                  <S t="0" d="96256" r="1" />
                  <S t="192512" d="49330" />
                </SegmentTimeline>
              </SegmentTemplate>
              <Representation id="audio" bandwidth="132334" codecs="mp4a.40.2" audioSamplingRate="48000" />
            </AdaptationSet>
          </Period>
        </MPD>

        """,
        DashManifest.Write(View("<script>", hasCaptions: false)));

    /// <summary>However long the film, the listed lengths of any run add up to the real time, to a microsecond.</summary>
    [Fact]
    public void Media_OfTenThousandSegments_SumsWithoutDrift()
    {
        var rendition = Video with { Segments = [.. Enumerable.Repeat(new SegmentEntry(64_000 / 3, 1), 10_000)] };
        var micros = HlsMediaPlaylist.Write(rendition, 2, isComplete: true).Split('\n')
            .Where(l => l.StartsWith("#EXTINF:", StringComparison.Ordinal))
            .Sum(l => decimal.Parse(l[8..^1], System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(Math.Round(21_333m * 10_000 / 30_000, 6), micros);
    }

    /// <summary>RFC 8216: the peak is over runs of half to one and a half target durations, so a short fat tail does not count alone.</summary>
    [Fact]
    public void BitRate_OfAShortTail_CountsOnlyTogetherWithItsNeighbour()
    {
        var rendition = new Rendition("x", "", 1_000, [new(2_000, 1_000), new(2_000, 3_000), new(500, 2_000)]);

        Assert.Equal(new BitRate(16_000, 10_667), BitRate.Measure(rendition, 2));
    }

    private static PackageView View(string language, bool hasCaptions) => new(Odd, [Video], Audio, language, 2, "<b> & \"c\" \u0001", hasCaptions);
}
