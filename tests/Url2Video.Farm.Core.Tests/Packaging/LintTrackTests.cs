using Url2Video.Farm.Core.Packaging.Rules;
using Url2Video.Farm.Core.Quality;

namespace Url2Video.Farm.Core.Tests.Packaging;

/// <summary>What is reckoned from a track that was read, and reports that are put together.</summary>
public sealed class LintTrackTests
{
    // 1001/30000 s a picture, 64 of them: no instant but the first is a whole number of ticks of 90 kHz and of 1 kHz at once.
    [Theory]
    [InlineData(1_000u, 2_135, true)]
    [InlineData(1_000u, 2_136, true)]
    [InlineData(1_000u, 2_138, false)]
    [InlineData(90_000u, 192_192, true)]
    [InlineData(90_000u, 192_200, false)]
    [InlineData(30_000u, 64_064, true)]
    [InlineData(30_000u, 64_065, false)]
    public void Cut_OnAnotherClock_MayBeATickOfTheCoarserApart(uint timescale, long second, bool isSame)
    {
        var (one, other) = (Make(30_000, [0, 64_064]), Make(timescale, [0, second]));

        Assert.Equal(isSame, one.IsCutAs(other));
        Assert.Equal(isSame, other.IsCutAs(one));
        Assert.False(one.IsCutAs(Make(30_000, [0])));
    }

    [Fact]
    public void Peak_OfMoreTargetsThanAFilmHas_IsThatOfTheNearest()
    {
        var track = Make(1, [.. Enumerable.Range(0, 100).Select(i => (long)i)]);
        var known = Enumerable.Range(1, Limits.LintPeakTargetsMax).Select(track.PeakRate).ToList();

        Assert.Equal(known[^1], track.PeakRate(90));
        Assert.Equal(known, Enumerable.Range(1, Limits.LintPeakTargetsMax).Select(track.PeakRate));
    }

    [Fact]
    public void Report_WithMoreFindings_HasEveryRuleOnce_ErrorsFirst()
    {
        var (note, error) = (FindingText.Make(LintRules.NotJudged, "a", "b", "c"), FindingText.Make(LintRules.Decodes, "a", "b", "c"));
        var report = new LintReport([note], [new RuleCount(LintRules.NotJudged, 7)], []).With([error, note]);

        Assert.Equal([new RuleCount(LintRules.Decodes, 1), new RuleCount(LintRules.NotJudged, 8)], report.Rules.AsEnumerable());
        Assert.Equal([error, note, note], report.Findings.AsEnumerable());
        Assert.Equal(1, report.Count(Severity.Error));
        Assert.Equal(6, report.LeftOut);
    }

    private static Track Make(uint timescale, long[] starts)
    {
        var init = new FragmentInit(MediaKind.Video, 1, timescale, 0, true, "avc1", [], 64, 36, 0, 1, [], default);
        return new Track("t", init, 1, true, starts.Length, [.. starts.Select((s, i) => new TrackSegment($"{i}.m4s", s, 1, 0, 100 + i))]);
    }
}
