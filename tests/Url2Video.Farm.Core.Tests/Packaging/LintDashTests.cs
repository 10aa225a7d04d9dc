using System.Text;
using System.Text.RegularExpressions;
using Url2Video.Farm.Core.Packaging;

namespace Url2Video.Farm.Core.Tests.Packaging;

/// <summary>DASH as others rightly write it: addresses and templates at every level, other clocks, subtitles in MP4; and a table in place of the schema.</summary>
public sealed class LintDashTests
{
    private const string Manifest = PackageLayout.DashManifest;

    [Theory]
    [InlineData("<ProgramInformation>", "<BaseURL>../media/</BaseURL>\n<ProgramInformation>", "../media/", "")]
    [InlineData("<Period id=\"0\" start=\"PT0S\">", "<Period id=\"0\" start=\"PT0S\"><BaseURL>..</BaseURL><BaseURL>https://example.com/</BaseURL>", "../media/", "media/")]
    [InlineData("<Period id=\"0\" start=\"PT0S\">", "<Period id=\"0\" start=\"PT0S\"><BaseURL>../media/audio/</BaseURL>", "../media/", "../")]
    public void Lint_OfABaseUrl_LooksForFilesBelowIt(string from, string to, string template, string below)
    {
        var package = WithoutHls(SyntheticPackage.Make());
        package.Edit(Manifest, template, below);
        package.Edit(Manifest, from, to);
        if (to.StartsWith("<BaseURL", StringComparison.Ordinal))
        {
            // Addresses come after what the program is called.
            package.Edit(Manifest, "<BaseURL>../media/</BaseURL>\n", "");
            package.Edit(Manifest, "</ProgramInformation>", "</ProgramInformation><BaseURL>../media/</BaseURL>");
        }

        var found = package.Lint();

        Assert.Empty(found.Findings);
    }

    [Theory]
    [InlineData("<BaseURL>https://example.com/media/</BaseURL>", "PKG-ABSOLUTE")]
    [InlineData("<BaseURL>/media/</BaseURL>", "PKG-ABSOLUTE")]
    [InlineData("<BaseURL>../../media/</BaseURL>", "PKG-ESCAPE")]
    [InlineData("<BaseURL>../%2e%2e/media/</BaseURL>", "PKG-ESCAPE")]
    public void Lint_OfABaseUrlElsewhere_ReadsNothing(string url, string rule)
    {
        var package = WithoutHls(SyntheticPackage.Make());
        package.Edit(Manifest, "<Period id=\"0\" start=\"PT0S\">", "<Period id=\"0\" start=\"PT0S\">" + url);

        Assert.Equal([rule], package.Lint().Ids());
    }

    [Fact]
    public void Lint_OfTemplatesOnSeveralLevels_PutsThemTogether()
    {
        var package = WithoutHls(SyntheticPackage.Make());
        var text = Encoding.UTF8.GetString(package[Manifest]);
        text = text.Replace(" initialization=\"../media/$RepresentationID$/init.mp4\" media=\"../media/$RepresentationID$/$Number%05d$.m4s\" startNumber=\"1\"", "", StringComparison.Ordinal);
        text = text.Replace("start=\"PT0S\">", "start=\"PT0S\"><SegmentTemplate initialization=\"../media/$RepresentationID$/init.mp4\" media=\"$Number$\"/>", StringComparison.Ordinal);
        text = Regex.Replace(text, "(<Representation id=\"(144p|audio)\"[^>]*?) ?/>", "$1><SegmentTemplate media=\"../media/$$RepresentationID$$/$$Number%05d$$.m4s\"/></Representation>");
        package[Manifest] = Encoding.UTF8.GetBytes(text);

        var found = package.Lint();

        Assert.Empty(found.Findings);
        // And they are looked for: with one missing, it is.
        package.Remove("media/144p/00002.m4s");
        Assert.Contains("PKG-MISSING", package.Lint().Ids());
    }

    [Fact]
    public void Lint_OfAPeriodThatStartsInTheMedia_TakesItsOffsetOff()
    {
        var package = WithoutHls(SyntheticPackage.Make());
        package.Remove("media/144p/00001.m4s");
        package.Remove("media/audio/00001.m4s");
        var text = Encoding.UTF8.GetString(package[Manifest]);
        text = Regex.Replace(text, "<S t=\"0\" d=\"64000\" r=\"2\"", "<S t=\"64000\" d=\"64000\" r=\"1\"");
        text = Regex.Replace(text, "<S t=\"0\" d=\"102400\" r=\"2\"", "<S t=\"102400\" d=\"102400\" r=\"1\"");
        text = text.Replace("startNumber=\"1\"", "startNumber=\"2\"", StringComparison.Ordinal);
        text = text.Replace("timescale=\"30000\"", "timescale=\"30000\" presentationTimeOffset=\"64000\"", StringComparison.Ordinal);
        text = text.Replace("timescale=\"48000\"", "timescale=\"48000\" presentationTimeOffset=\"102400\"", StringComparison.Ordinal);
        text = text.Replace("PT6.4S", "PT4.266667S", StringComparison.Ordinal);
        package[Manifest] = Encoding.UTF8.GetBytes(text);

        Assert.Empty(package.Lint().Findings);
        package.Edit(Manifest, "presentationTimeOffset=\"64000\"", "presentationTimeOffset=\"0\"");
        Assert.Contains("DASH-DURATION", package.Lint().Ids());
    }

    [Fact]
    public void Lint_OfAnotherTimescaleThanTheMedias_ComparesTimesAndWarns()
    {
        var package = WithoutHls(SyntheticPackage.Make());
        package.Edit(Manifest, "timescale=\"30000\"", "timescale=\"15000\"");
        package.Edit(Manifest, "d=\"64000\"", "d=\"32000\"");

        Assert.Equal(["DASH-TIMESCALE"], package.Lint().Ids());
    }

    [Fact]
    public void Lint_OfATemplateWithoutATimescale_CountsSeconds()
    {
        var package = WithoutHls(SyntheticPackage.Make());
        package.Edit(Manifest, "timescale=\"30000\" ", "");
        var found = package.Lint();

        Assert.Contains("DASH-TIMESCALE", found.Ids());
        Assert.Contains(found.Findings, f => f.What.Contains("the timescale 1 ", StringComparison.Ordinal));
    }

    [Fact]
    public void Lint_OfSubtitlesInMp4_ReadsThemAsATrack()
    {
        var package = WithoutHls(LintHlsTests.WithTextTrack());
        package.Edit(Manifest, "mp4a.40.2", "stpp.ttml.im1t");

        Assert.Empty(package.Lint().Findings);
    }

    [Fact]
    public void Lint_OfASegmentThatStartsOpen_IsWrongWhereItIsPromisedOtherwise()
    {
        var package = WithoutHls(SyntheticPackage.Make());
        var file = package["media/144p/00002.m4s"];
        file[SyntheticPackage.IndexOf(file, "mdat") + 8] = 0x41;
        Assert.Equal(["DASH-SAP"], package.Lint().Ids());

        package.Edit(Manifest, "startWithSAP=\"1\"", "startWithSAP=\"2\"");
        Assert.Empty(package.Lint().Findings);
    }

    [Fact]
    public void Lint_OfSheetsOfThumbnails_LooksForEach()
    {
        const string Sheets = "<AdaptationSet id=\"9\" contentType=\"image\" mimeType=\"image/jpeg\"><SegmentTemplate timescale=\"1\" duration=\"4\" startNumber=\"1\" media=\"../media/t/$Number$.jpg\"/>"
            + "<Representation id=\"t\" bandwidth=\"1\" width=\"2\" height=\"2\"><EssentialProperty schemeIdUri=\"http://dashif.org/guidelines/thumbnail_tile\" value=\"5x5\"/></Representation></AdaptationSet></Period>";
        var package = WithoutHls(SyntheticPackage.Make());
        package.Edit(Manifest, "</Period>", Sheets);
        (package["media/t/1.jpg"], package["media/t/2.jpg"]) = ([0xFF, 0xD8, 0xFF, 0xE0], [0xFF, 0xD8, 0xFF, 0xE0]);
        Assert.Empty(package.Lint().Findings);

        package["media/t/3.jpg"] = [0xFF, 0xD8, 0xFF, 0xE0];
        package["media/t/2.jpg"] = [1];
        Assert.Equal(["DASH-COUNT", "HLS-IMAGES"], package.Lint().Ids());
        package.Remove("media/t/2.jpg");
        Assert.Contains("PKG-MISSING", package.Lint().Ids());
    }

    [Theory]
    [InlineData("<BaseURL>media/</BaseURL><SegmentList><SegmentURL media=\"1.m4s\"/></SegmentList>", "media/1.m4s")]
    [InlineData("<BaseURL>a%2541.mp4</BaseURL><SegmentBase/>", "a%41.mp4")]
    [InlineData("<BaseURL>a%23b%3F.mp4</BaseURL><SegmentBase/>", "a#b?.mp4")]
    public void Lint_OfAFolderOrAFileAsBaseUrl_LooksForTheFile_AndUnescapesOnce(string media, string file)
    {
        var package = Alone(media);
        package[file] = [1];

        Assert.Equal(["PKG-NOT-JUDGED"], package.Lint().Ids());
    }

    [Fact]
    public void Lint_OfAFileAsBaseUrl_ThatIsGone_IsAnError() =>
        Assert.Equal(["PKG-MISSING", "PKG-NOT-JUDGED"], Alone("<BaseURL>gone.mp4</BaseURL><SegmentBase/>").Lint().Ids());

    [Fact]
    public void Lint_OfADurationThatAnUnreadTrackMayHave_SaysNothingOfIt()
    {
        var package = WithoutHls(SyntheticPackage.Make());
        package.Edit(Manifest, "PT6.4S", "PT60S");
        Assert.Equal(["DASH-DURATION"], package.Lint().Ids());

        package["media/long.mp4"] = [1];
        package.Edit(Manifest, "</Period>", "<AdaptationSet mimeType=\"video/mp4\"><Representation id=\"l\" bandwidth=\"1\"><BaseURL>../media/long.mp4</BaseURL><SegmentBase/></Representation></AdaptationSet></Period>");
        Assert.Equal(["PKG-NOT-JUDGED"], package.Lint().Ids());
    }

    [Fact]
    public void Lint_OfADynamicManifest_MayStopBeforeItsEnd_AndLieBesideOthersFiles()
    {
        var package = WithoutHls(SyntheticPackage.Make());
        package.Edit(Manifest, "type=\"static\"", "type=\"dynamic\" availabilityStartTime=\"2026-01-01T00:00:00Z\" publishTime=\"2026-01-01T00:00:00Z\" minimumUpdatePeriod=\"PT2S\"");
        package.Edit(Manifest, "PT6.4S", "PT60S");
        package["media/144p/00004.m4s"] = package["media/144p/00003.m4s"];

        Assert.Empty(package.Lint().Findings);
    }

    [Fact]
    public void Lint_OfAPictureThatIsNotMarkedAsOneToStartFrom_IsWrongOnlyWhereItIsPromised()
    {
        var package = WithoutHls(SyntheticPackage.Make());
        package.Edit(Manifest, " startWithSAP=\"1\"", "");
        var file = package["media/144p/00002.m4s"];
        // The flags of the first sample: after its duration and its length.
        file[SyntheticPackage.IndexOf(file, "trun") + 16 + 8 + 1] |= 1;

        Assert.Equal(["DASH-ALIGNED"], package.Lint().Ids());
    }

    [Fact]
    public void Lint_OfWhatMayBeLeftOut_IsNoError()
    {
        var package = WithoutHls(SyntheticPackage.Make());
        package.Edit(Manifest, " width=\"256\"", "");
        package.Edit(Manifest, " codecs=\"mp4a.40.2\"", "");

        Assert.Equal(["DASH-DECLARED"], package.Lint().Ids());
    }

    [Fact]
    public void Lint_OfTwoPlacesForParameterSets_InOneSet_IsAWarning()
    {
        var package = WithoutHls(SyntheticPackage.Make(new Rational(30, 1), 192, [180, 144], hasCaptions: false));
        package.Rename("media/144p/init.mp4", "avc1", "avc3");

        var found = package.Lint().Ids();

        Assert.Contains("DASH-SWITCH-ENTRY", found);
        Assert.DoesNotContain("DASH-SWITCH", found);
    }

    [Theory]
    [InlineData(" minBufferTime=\"PT4.266667S\"", "", "MPD in line 2 without minBufferTime")]
    [InlineData("type=\"static\"", "type=\"still\"", "type=\"still\"")]
    [InlineData("par=\"16:9\"", "par=\"16/9\"", "par=\"16/9\"")]
    [InlineData("frameRate=\"30\"", "frameRate=\"30/0\"", "frameRate=\"30/0\"")]
    [InlineData("startWithSAP=\"1\"", "startWithSAP=\"7\"", "startWithSAP=\"7\"")]
    [InlineData("segmentAlignment=\"true\"", "segmentAlignment=\"yes\"", "segmentAlignment=\"yes\"")]
    [InlineData("id=\"144p\"", "id=\"144 p\"", "id=\"144 p\"")]
    [InlineData("start=\"PT0S\"", "start=\"0\"", "start=\"0\"")]
    [InlineData("type=\"static\"", "type=\"static\" availabilityStartTime=\"0001-01-01T00:00:00+14:00\"", "availabilityStartTime=\"0001")]
    [InlineData("r=\"2\"", "r=\"two\"", "r=\"two\"")]
    [InlineData("<Representation id=\"captions\"", "<SegmentTemplate/><SegmentTemplate/><Representation id=\"captions\"", "2 SegmentTemplate")]
    [InlineData("</Period>", "<BaseURL>./</BaseURL></Period>", "BaseURL in line")]
    [InlineData("<Role schemeIdUri=\"urn:mpeg:dash:role:2011\" value=\"main\" />", "<Role value=\"main\" />", "Role in line")]
    public void Lint_OfAManifestThatTheTableForbids_SaysWhatAndWhere(string from, string to, string what)
    {
        var package = WithoutHls(SyntheticPackage.Make());
        package.Edit(Manifest, from, to);

        var found = package.Lint().Findings;

        Assert.Contains(found, f => f.Law.Id == "DASH-SCHEMA" && f.What.Contains(what, StringComparison.Ordinal));
    }

    [Fact]
    public void Lint_OfWhatTheTableDoesNotKnow_IsANote()
    {
        var package = WithoutHls(SyntheticPackage.Make());
        package.Edit(Manifest, "<Period id=\"0\"", "<Period xmlns:x=\"urn:x\" x:own=\"1\" later=\"1\" id=\"0\"");
        package.Edit(Manifest, "</Period>", "<x:Own xmlns:x=\"urn:x\"/><Later/></Period>");

        var found = package.Lint();

        Assert.True(found.IsClean);
        Assert.Equal(2, found.Rules.Single(r => r.Rule.Id == "DASH-UNKNOWN").Count);
    }

    private static Dictionary<string, byte[]> Alone(string media) => new()
    {
        ["m.mpd"] = Encoding.UTF8.GetBytes("<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" profiles=\"a\" minBufferTime=\"PT1S\" mediaPresentationDuration=\"PT1S\"><Period><AdaptationSet mimeType=\"video/mp4\">"
            + $"<Representation id=\"a\" bandwidth=\"1\">{media}</Representation></AdaptationSet></Period></MPD>"),
    };

    private static Dictionary<string, byte[]> WithoutHls(Dictionary<string, byte[]> package)
    {
        foreach (var path in package.Keys.Where(p => p.StartsWith("hls/", StringComparison.Ordinal)).ToList())
        {
            package.Remove(path);
        }

        return package;
    }
}
