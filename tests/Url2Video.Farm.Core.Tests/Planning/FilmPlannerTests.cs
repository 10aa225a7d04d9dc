using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Outputs;
using Url2Video.Farm.Core.Planning;
using static Url2Video.Farm.Core.Tests.Planning.Films;

namespace Url2Video.Farm.Core.Tests.Planning;

public sealed class FilmPlannerTests
{
    [Theory]
    [InlineData(OutputFormats.Mp4, 150)]
    [InlineData(OutputFormats.Mp4 | OutputFormats.WebM, 150)]
    [InlineData(OutputFormats.Mp4 | OutputFormats.Hls, 64)]
    [InlineData(OutputFormats.Dash, 64)]
    [InlineData(OutputFormats.Mp4 | OutputFormats.ProRes, 64)]
    public void Plan_OfAFilmThatIsNotStreamed_HasRareKeyFrames(OutputFormats formats, int frames)
    {
        var plan = FilmPlanner.Plan(Facts(Scene(isFixed: 20_000)), [null], [], formats, EncodingWishes.Customary).OrThrow();

        Assert.Equal(frames, plan.Chunks[0].Segments[0].Frames);
    }

    [Fact]
    public void Plan_SpokenScene_LastsLeadSpeechAndTail()
    {
        var plan = FilmPlanner.Plan(Facts(Scene(lead: 250, tail: 500)), [Speech(48_000)], []).OrThrow();

        Assert.Equal((84_000L, 12_000L), (plan.Scenes[0].Samples, plan.Scenes[0].SpeechStartSample));
        Assert.Equal((52L, 83_200L), (plan.Frames, plan.Samples));
        Assert.Equal(83, plan.Packets);
    }

    [Fact]
    public void Plan_ShortSpeech_LastsTheMinimum_AndAFixedTimeWins()
    {
        var facts = Facts(Scene(min: 3_000), Scene(min: 3_000, isFixed: 2_500));
        var plan = FilmPlanner.Plan(facts, [Speech(4_800), Speech(4_800)], []).OrThrow();

        Assert.Equal([144_000L, 120_000L], plan.Scenes.Select(s => s.Samples));
    }

    [Fact]
    public void Plan_FixedTimeShorterThanItsWords_IsRefusedByName()
    {
        var error = FilmPlanner.Plan(Facts(Scene(id: "intro", lead: 100, isFixed: 1_000)), [Speech(48_000)], []).Error;

        Assert.Equal(ErrorCodes.InvalidStoryboard, error?.Code);
        Assert.Contains("'intro'", error?.Message, StringComparison.Ordinal);
        Assert.Contains("1.10 s", error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_Transition_IsClippedToHalfOfBothScenes()
    {
        var facts = Facts(Scene(isFixed: 1_000, transition: 900), Scene(isFixed: 4_000, transition: 900), Scene(isFixed: 4_000, transition: 900));
        var plan = FilmPlanner.Plan(facts, [null, null, null], []).OrThrow();

        Assert.Equal([0, 15, 27], plan.Scenes.Select(s => s.TransitionFrames));
    }

    [Theory]
    [InlineData("23.976")]
    [InlineData("24")]
    [InlineData("25")]
    [InlineData("29.97")]
    [InlineData("30")]
    [InlineData("50")]
    [InlineData("59.94")]
    [InlineData("60")]
    public void Plan_ManyOddScenes_NeverDrifts(string rate)
    {
        Assert.True(Rational.TryParse(rate, out var fps));
        var random = new Random(7);
        for (var round = 0; round < 40; round++)
        {
            var scenes = Enumerable.Range(0, random.Next(1, 60)).Select(i => Scene(
                id: $"s{i}", lead: random.Next(400), tail: random.Next(700), min: random.Next(100, 4_000), transition: random.Next(1_200))).ToArray();
            var speech = scenes.Select(_ => random.Next(4) == 0 ? null : Speech(random.Next(1, 400_000))).ToImmutableArray();
            var plan = FilmPlanner.Plan(Facts(scenes) with { Fps = fps }, speech, []).OrThrow();

            AssertConsistent(plan, fps);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(121, 1)]
    public void Plan_ImpossibleRate_IsRefused(int numerator, int denominator) => Assert.Equal(
        ErrorCodes.InvalidArgument,
        FilmPlanner.Plan(Facts(Scene()) with { Fps = new Rational(numerator, denominator) }, [null], []).Error?.Code);

    [Fact]
    public void Plan_SceneWithoutTime_IsRefused() =>
        Assert.Equal(ErrorCodes.InvalidStoryboard, FilmPlanner.Plan(Facts(Scene(min: 0)), [null], []).Error?.Code);

    [Fact]
    public void Plan_FilmOfManyDays_IsTooLarge()
    {
        var scenes = Enumerable.Repeat(Scene(isFixed: int.MaxValue), 2).ToArray();

        Assert.Equal(ErrorCodes.TooLarge, FilmPlanner.Plan(Facts(scenes), [null, null], []).Error?.Code);
    }

    private static void AssertConsistent(FilmPlan plan, Rational fps)
    {
        var (sample, frame) = (0L, 0L);
        foreach (var scene in plan.Scenes)
        {
            Assert.Equal((sample, frame), (scene.StartSample, scene.StartFrame));
            Assert.InRange(scene.TransitionFrames, 0, scene.Frames / 2);
            Assert.Equal(SampleClock.FramesIn(sample + scene.Samples, fps), frame + scene.Frames);
            (sample, frame) = (sample + scene.Samples, frame + scene.Frames);
        }

        Assert.Equal(frame, plan.Frames);
        Assert.Equal(frame, plan.Chunks.Sum(c => (long)c.Frames));
        Assert.Equal(plan.Packets, plan.Chunks.SelectMany(c => c.Segments).Sum(s => (long)s.Packets));

        // Sound ends in the last sample that the last frame touches: less than one sample from the picture's end.
        Assert.Equal(plan.Frames, SampleClock.FramesIn(plan.Samples, fps));
        Assert.True(SampleClock.FramesIn(plan.Samples - 1, fps) < plan.Frames);
    }
}
