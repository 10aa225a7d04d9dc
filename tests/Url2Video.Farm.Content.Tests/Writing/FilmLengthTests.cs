using Url2Video.Farm.Content.Extraction;
using Url2Video.Farm.Content.Tests.Support;
using Url2Video.Farm.Content.Writing;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Content.Tests.Writing;

public sealed class FilmLengthTests
{
    private static readonly string[] SampleNames = ["article", "deutsch", "product", "notes"];

    private static readonly int[] Targets = [10, 15, 20, 30, 45, 60, 90];

    public static IEnumerable<object[]> SamplesAndTargets { get; } =
        [.. from name in SampleNames from seconds in Targets select new object[] { name, seconds }];

    public static TheoryData<string> Samples { get; } = new(SampleNames);

    /// <summary>A film is as long as was asked, or the page has been told to its end and the film says so.</summary>
    [Theory]
    [MemberData(nameof(SamplesAndTargets))]
    public void Write_TargetSeconds_AreMetOrThePageIsSpent(string sample, int seconds)
    {
        var (millis, warnings) = Film(sample, seconds);

        var isMet = Math.Abs(millis - seconds * 1_000) <= seconds * 120;
        var (longest, _) = Film(sample, 600);
        var isSpent = millis < seconds * 880 && millis >= longest * 0.95;
        Assert.True(isMet || isSpent, $"{millis} ms for {seconds} s; the page has {longest} ms");
        Assert.Equal(!isMet, warnings.Any(w => w.StartsWith($"The page has words for {(millis + 500) / 1_000} s", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(SamplesAndTargets))]
    public void Write_AnyTarget_HasAHookAPointAndAnEnd(string sample, int seconds)
    {
        var roles = StoryWriter.Write(Sources.Sample(sample), Briefs.Plain with { SecondsTarget = seconds }).Storyboard.Scenes
            .Select(s => s.Role).ToList();

        Assert.Equal(SceneRole.Title, roles[0]);
        Assert.Contains(roles, r => r is SceneRole.Point or SceneRole.Quote);
        Assert.True(roles.Count >= 3, $"{roles.Count} scenes");

        // Plain text has no address to send anybody to: its last point is its end.
        Assert.True(sample == "notes" || roles[^1] is SceneRole.Cta or SceneRole.Number, roles[^1].ToString());
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Write_Scenes_LastThreeToEightSeconds(string sample)
    {
        var scenes = StoryWriter.Write(Sources.Sample(sample), Briefs.Plain with { SecondsTarget = 60 }).Storyboard.Scenes;
        var language = Sources.Sample(sample).Language;

        Assert.All(
            scenes,
            s => Assert.InRange(
                Math.Max(s.Timing.MsMin, s.Timing.MsLead + SpokenLength.Millis(s.Say, language) + s.Timing.MsTail),
                2_500,
                Pace.SceneMsMax + 500));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(45)]
    [InlineData(90)]
    public void Write_ProductFigures_NeverStandInsideASentence(int seconds)
    {
        var scenes = StoryWriter.Write(Sources.Sample("product"), Briefs.Plain with { SecondsTarget = seconds }).Storyboard.Scenes;

        Assert.All(
            Enumerable.Range(1, scenes.Length - 1).Where(i => scenes[i].Role == SceneRole.Number),
            i => Assert.Equal('.', scenes[i - 1].Say[^1]));
    }

    [Fact]
    public void Write_ShortProductFilm_TellsThePriceButNotTheRating()
    {
        var said = StoryWriter.Write(Sources.Sample("product"), Briefs.Plain with { SecondsTarget = 15 }).Storyboard.Scenes.Select(s => s.Say);

        Assert.Contains("The price is €79.00.", said);
        Assert.DoesNotContain(said, s => s.StartsWith("Customers", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_OneLongSentenceForFiveSeconds_SaysThatItTakesLonger()
    {
        var source = PlainTextReader.Read(
            "# A wall\n\nThe second harbour wall was finished by the same people who had already watched the first one slide into the sea.", null);

        var (_, warnings) = StoryWriter.Write(source, Briefs.Plain with { SecondsTarget = 5 });

        Assert.Contains(warnings, w => w.StartsWith("The shortest telling of the page takes ", StringComparison.Ordinal));
    }

    private static (long Millis, IReadOnlyList<string> Warnings) Film(string sample, int seconds)
    {
        var source = Sources.Sample(sample);
        var (storyboard, warnings) = StoryWriter.Write(source, Briefs.Plain with { SecondsTarget = seconds });
        var millis = storyboard.Scenes.Sum(
            s => (long)Math.Max(
                s.Timing.MsMin, s.Timing.MsLead + SpokenLength.Millis(s.Say, source.Language) + s.Timing.MsTail));
        return (millis, warnings);
    }
}
