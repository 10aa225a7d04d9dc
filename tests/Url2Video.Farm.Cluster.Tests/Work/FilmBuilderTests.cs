using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Node.Work;

namespace Url2Video.Farm.Cluster.Tests.Work;

public sealed class FilmBuilderTests
{
    private static readonly Rational Fps = new(30, 1);

    [Fact]
    public void Build_TitleOverAList_IsTheListsHeading()
    {
        var card = Assert.Single(CardsOf(Text(TextKind.Title, "Three reasons"), Text(TextKind.Bullets, "One", "Two")));

        var bullets = Assert.IsType<TextCard.Bullets>(card);
        Assert.Equal("Three reasons", bullets.Heading);
        Assert.Equal(["One", "Two"], bullets.Points.Select(p => p.Text));
    }

    [Theory]
    [InlineData(TextKind.Number)]
    [InlineData(TextKind.Quote)]
    [InlineData(TextKind.LowerThird)]
    public void Build_TitleBesideAnotherCard_GivesItThePlace(TextKind other)
    {
        var cards = CardsOf(Text(TextKind.Title, "Above"), Text(other, "Below"));

        Assert.Equal(CardPlace.Top, cards.OfType<TextCard.Title>().Single().Place);
        Assert.Equal(2, cards.Length);
    }

    [Fact]
    public void Build_TitleAlone_StandsInTheMiddle() =>
        Assert.Equal(CardPlace.Centre, ((TextCard.Title)Assert.Single(CardsOf(Text(TextKind.Title, "Alone")))).Place);

    /// <summary>A render's key says how long the scene is, not at which sample of the film it lies.</summary>
    [Fact]
    public void Build_SceneThatLiesElsewhere_HasTheSameCards()
    {
        var scene = SceneOf(Text(TextKind.Bullets, "One", "Two", "Three"));

        var points = new[] { 0L, 799, 1_599, 48_001 }.Select(start => PointsOf(scene, start)).ToList();

        Assert.Equal([7, 66, 125], points[0]);
        Assert.All(points, p => Assert.Equal(points[0], p));

        static IEnumerable<int> PointsOf(Scene scene, long start) =>
            ((TextCard.Bullets)Build(scene, start).Shots[0].Shot.Cards.Single()).Points.Select(p => p.StartFrame);
    }

    /// <summary>The compositor knows nothing of storyboards: kinds are carried over by name.</summary>
    [Fact]
    public void Build_EveryTransitionAndEffect_IsKnownToTheCompositor()
    {
        Assert.Equal(
            Enum.GetNames<Core.Storyboards.TransitionKind>().Where(n => n != nameof(Core.Storyboards.TransitionKind.Cut)),
            Enum.GetNames<Media.Composition.TransitionKind>());
        Assert.Equal(Enum.GetNames<Core.Storyboards.EffectKind>(), Enum.GetNames<Media.Composition.EffectKind>());
        Assert.Equal(Enum.GetNames<Core.Storyboards.MarkAnchor>(), Enum.GetNames<Media.Composition.MarkAnchor>());
        Assert.Equal(Enum.GetNames<LogoReveal>(), Enum.GetNames<RevealKind>());
    }

    [Fact]
    public void Build_SceneWithLookAndEffects_HasThemWithTheirNumbers()
    {
        var scene = SceneOf() with
        {
            Look = new(LookName.Vintage, LookTable.Of(LookName.Vintage)),
            Effects = [new SceneEffect(Core.Storyboards.EffectKind.Snow, 85, 300, 7)],
        };

        var shot = Build(scene, 0).Shots[0].Shot;

        Assert.Equal(new Media.Composition.Look { Sepia = 70, Contrast = 120, Saturation = 80, Vignette = 30, Grain = 10 }, shot.Look);
        Assert.Equal(new Effect(Media.Composition.EffectKind.Snow, 85, 7, 300), Assert.Single(shot.Effects));
    }

    private static System.Collections.Immutable.ImmutableArray<TextCard> CardsOf(params TextElement[] texts) => Build(SceneOf(texts), 0).Shots[0].Shot.Cards;

    private static TextElement Text(TextKind kind, params string[] values) => new(kind, [.. values]);

    private static Scene SceneOf(params TextElement[] texts) => new(
        "a", SceneRole.Point, "Words.", [.. texts], new Visual.Procedural(Pattern.Gradient, 1, null, null), Transition.Default, SceneTiming.Default, null);

    private static Film Build(Scene scene, long startSample)
    {
        const long Samples = 262 * 1_600;
        var board = new Storyboard(
            "T", "en", new Canvas(640, 360, Fps), new Voice("flite:rms", 100), null, -140,
            new CaptionLook(CaptionPlacement.Sidecar, CaptionStyle.Boxed), Palette.Default, [scene]);
        var slot = new SceneSlot(0, startSample, Samples, SampleClock.FramesIn(startSample, Fps), 254, 0, startSample + 12_000);
        return FilmBuilder.Build(board, Fps, 640, 360, [slot], []);
    }
}
