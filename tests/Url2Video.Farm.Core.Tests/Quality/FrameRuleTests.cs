using Url2Video.Farm.Core.Quality;

namespace Url2Video.Farm.Core.Tests.Quality;

public sealed class FrameRuleTests
{
    [Theory]
    [InlineData(1, Severity.Warning)]
    [InlineData(14, Severity.Warning)]
    [InlineData(15, Severity.Error)]
    [InlineData(90, Severity.Error)]
    public void Black_IsFoundWhereItIs(int frames, Severity severity)
    {
        var report = Tapes.Judge(Tapes.Outline(240), Tapes.Of(0, 240, (f, i) => f >= 60 && f < 60 + frames ? (byte)16 : Tapes.Lively(f, i)));

        var finding = Assert.Single(report.Findings);
        Assert.Equal((FindingCodes.Black, severity, 2_000L, frames), (finding.Code, finding.Severity, finding.StartMs, (int)finding.Measured));
    }

    [Fact]
    public void Black_OfATransitionThroughBlack_IsMeant()
    {
        var film = Tapes.Outline(240) with { Scenes = [new("a", 0, 100, 0), new("b", 100, 140, 20) { ComesThroughBlack = true }] };

        Assert.Empty(Tapes.Judge(film, Tapes.Of(0, 240, (f, i) => f is >= 104 and < 116 ? (byte)16 : Tapes.Lively(f, i))).Findings);
    }

    [Fact]
    public void Black_WithAWordOnIt_IsNotBlack() =>
        Assert.Empty(Tapes.Judge(Tapes.Outline(240), Tapes.Of(0, 240, (f, i) => f is >= 60 and < 90 && i > 4 ? (byte)16 : Tapes.Lively(f, i))).Findings);

    [Theory]
    [InlineData(59, 0)]
    [InlineData(61, 1)]
    [InlineData(152, 1)]
    public void Frozen_IsFoundFromTwoSeconds(int frames, int findings)
    {
        var report = Tapes.Judge(Tapes.Outline(300), Tapes.Of(0, 300, (f, i) => Tapes.Lively(f >= 60 && f < 60 + frames ? 60 : f, i)));

        Assert.Equal(findings, report.Findings.Length);
        Assert.All(report.Findings, f => Assert.Equal((FindingCodes.Frozen, 2_000L, frames * 1000L / 30), (f.Code, f.StartMs, f.EndMs - f.StartMs)));
    }

    /// <summary>A camera so slow that no field changes by two codes from one frame to the next is seen to move over two seconds.</summary>
    [Fact]
    public void Frozen_SlowestCamera_IsNotFrozen() =>
        Assert.Empty(Tapes.Judge(Tapes.Outline(300), Tapes.Of(0, 300, (f, i) => (byte)(80 + (i % 7) + (f / 25)))).Findings);

    [Fact]
    public void Frozen_SceneThatMayRest_IsNotFrozen()
    {
        var film = Tapes.Outline(300) with { Scenes = [new("still", 0, 300, 0)] };

        Assert.Empty(Tapes.Judge(film, Tapes.Of(0, 300, (_, i) => (byte)(90 + (i % 5)))).Findings);
    }

    [Theory]
    [InlineData(1080, 1080, 0)]
    [InlineData(720, 1080, 1)]
    [InlineData(720, 720, 0)]
    [InlineData(360, 720, 1)]
    [InlineData(360, 0, 0)]
    public void Size_BelowTheMinimum_IsAnError(int height, int shortSideMin, int findings)
    {
        var film = Tapes.Outline(30) with { Width = height * 16 / 9, Height = height, ShortSideMin = shortSideMin };

        var report = Tapes.Judge(film, Tapes.Of(0, 30, Tapes.Lively));

        Assert.Equal(findings, report.Findings.Count(f => f is { Code: FindingCodes.Size, Severity: Severity.Error }));
    }

    [Fact]
    public void Size_OfAFilmThatIsOnlyHeard_IsNotJudged() => Assert.Empty(Tapes.Judge(Tapes.Outline(0) with { Width = 320, Height = 180 }).Findings);

    [Fact]
    public void SceneAt_AnyFrame_IsTheSceneThatHasIt()
    {
        var film = Tapes.Outline(1_000) with { Scenes = [.. Enumerable.Range(0, 20).Select(i => new SceneSpan($"s{i}", i * 50, 50, 0))] };

        Assert.All(Enumerable.Range(0, 1_000), f => Assert.Equal($"s{f / 50}", film.SceneAt(f)!.Id));
        Assert.Null(film.SceneAt(1_000));
        Assert.Null(film.SceneAt(-1));
    }

    [Fact]
    public void Frames_MissingOrUneven_AreErrors()
    {
        var film = Tapes.Outline(30);
        var report = QualityJudge.Judge(new QualityCase(
            film, PictureTrack.Of([Tapes.Of(0, 30, Tapes.Lively)]), new CodedPictures(29, false), null, [], Core.Captions.CaptionStyle.For(1920, 1080, film.Fps), false));

        Assert.Equal([FindingCodes.FrameCount, FindingCodes.FrameRate], report.Findings.Select(f => f.Code));
        Assert.Equal(2, report.Verdict.Errors);
    }

    [Fact]
    public void Gate_DoesNotLetPassWhatWasNotMeasured()
    {
        var film = Tapes.Outline(60) with { IsGate = true };

        Assert.Equal(1, Tapes.Judge(film, Tapes.Of(0, 30, Tapes.Lively)).Errors);
        Assert.Equal(0, Tapes.Judge(film, Tapes.Of(0, 60, Tapes.Lively)).Errors);
    }

    [Fact]
    public void Gate_DoesNotLetPassFramesThatNobodyCounted()
    {
        Assert.Equal([FindingCodes.Unmeasured], FindingsOf(isGate: true, coded: null, sound: null));
        Assert.Empty(FindingsOf(isGate: false, coded: null, sound: null));
    }

    [Fact]
    public void Gate_DoesNotLetPassSoundThatNobodyMeasured()
    {
        Assert.Equal([FindingCodes.Unmeasured], FindingsOf(isGate: true, new CodedPictures(60, true), new SoundFacts(-1_400, -150, null)));
        Assert.Empty(FindingsOf(isGate: false, new CodedPictures(60, true), new SoundFacts(-1_400, -150, null)));
        Assert.Empty(FindingsOf(isGate: true, new CodedPictures(60, true), new SoundFacts(-1_400, -150, new SoundMeasure(60 * 1_600, [], 0, -1, 0))));
    }

    /// <summary>Sound alone has no frames to count.</summary>
    [Fact]
    public void Gate_FilmOfSoundAlone_WantsNoFrames()
    {
        var film = Tapes.Outline(60) with { IsGate = true, Frames = 0, Scenes = [] };

        Assert.Empty(QualityJudge.Judge(new QualityCase(film, PictureTrack.Empty, null, null, [], Core.Captions.CaptionStyle.For(1920, 1080, film.Fps), false)).Findings);
    }

    private static IEnumerable<string> FindingsOf(bool isGate, CodedPictures? coded, SoundFacts? sound)
    {
        var film = Tapes.Outline(60) with { IsGate = isGate };
        var report = QualityJudge.Judge(new QualityCase(
            film, PictureTrack.Of([Tapes.Of(0, 60, Tapes.Lively)]), coded, sound, [], Core.Captions.CaptionStyle.For(1920, 1080, film.Fps), false));
        Assert.All(report.Findings, f => Assert.Equal(Severity.Error, f.Severity));
        return report.Findings.Select(f => f.Code);
    }
}
