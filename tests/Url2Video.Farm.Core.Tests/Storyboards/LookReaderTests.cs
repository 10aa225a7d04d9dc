using System.Text;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Core.Tests.Storyboards;

public sealed class LookReaderTests
{
    [Fact]
    public void Read_NameAlone_HasTheNumbersOfTheTable()
    {
        var scene = SceneOf("\"look\":\"vintage\"");

        Assert.Equal(new Look(LookName.Vintage, LookTable.Of(LookName.Vintage)), scene.Look);
        Assert.Equal(new LookNumbers(Contrast: 120, Saturation: 80, Sepia: 70, Vignette: 30, Grain: 10), scene.Look!.Numbers);
    }

    [Fact]
    public void Read_NameAndNumbers_KeepsTheRestOfTheName()
    {
        var scene = SceneOf("\"look\":{\"name\":\"vintage\",\"grain\":0,\"temperature\":3200,\"contrast\":0.95}");

        Assert.Equal(LookTable.Of(LookName.Vintage) with { Grain = 0, Kelvin = 3_200, Contrast = 95 }, scene.Look!.Numbers);
    }

    [Fact]
    public void Read_EffectWithNothingSaid_HasTheDefaultsOfTheTable()
    {
        var scene = SceneOf("\"effects\":[{\"kind\":\"confetti\"},{\"kind\":\"blur\",\"amount\":0.25,\"seed\":9}]");

        Assert.Equal((SceneEffect[])[new SceneEffect(EffectKind.Confetti, 100, 200, 0), new SceneEffect(EffectKind.Blur, 25, null, 9)], scene.Effects.ToArray());
    }

    [Theory]
    [InlineData("\"look\":\"vintge\"", "/scenes/0/look", "Did you mean \"vintage\"?")]
    [InlineData("\"look\":{\"grian\":0.1}", "/scenes/0/look/grian", "Did you mean \"grain\"?")]
    [InlineData("\"look\":{\"temperature\":1999}", "/scenes/0/look/temperature", null)]
    [InlineData("\"look\":{\"contrast\":2.01}", "/scenes/0/look/contrast", null)]
    [InlineData("\"look\":{\"contrast\":1.005}", "/scenes/0/look/contrast", null)]
    [InlineData("\"look\":{\"sepia\":-0.1}", "/scenes/0/look/sepia", null)]
    [InlineData("\"look\":{\"shadows\":\"#123456\"}", "/scenes/0/look/toning", "Write toning, such as 0.3.")]
    [InlineData("\"look\":7", "/scenes/0/look", null)]
    [InlineData("\"effects\":[{\"kind\":\"confeti\"}]", "/scenes/0/effects/0/kind", "Did you mean \"confetti\"?")]
    [InlineData("\"effects\":[{\"amount\":1}]", "/scenes/0/effects/0/kind", null)]
    [InlineData("\"effects\":[{\"kind\":\"blur\",\"count\":5}]", "/scenes/0/effects/0/count", "Leave count out; amount says how much.")]
    [InlineData("\"effects\":[{\"kind\":\"snow\",\"count\":1001}]", "/scenes/0/effects/0/count", null)]
    [InlineData("\"transition\":{\"kind\":\"wipeleft\"}", "/scenes/0/transition/kind", "Did you mean \"wipeLeft\"?")]
    [InlineData("\"effects\":[{\"kind\":\"snow\"},{\"kind\":\"snow\"},{\"kind\":\"snow\"},{\"kind\":\"snow\"},{\"kind\":\"snow\"}]", "/scenes/0/effects", null)]
    public void Read_WrongLookOrEffect_SaysWhereAndWhatWasMeant(string member, string pointer, string? wayOut)
    {
        var error = Assert.Single(Read(member).Errors);

        Assert.StartsWith(pointer + ":", error.Message, StringComparison.Ordinal);
        if (wayOut is not null)
        {
            Assert.Equal(wayOut, error.WayOut);
        }
    }

    [Fact]
    public void EffectTable_Rows_AreInTheOrderOfTheKinds() =>
        Assert.Equal(Enum.GetValues<EffectKind>(), EffectTable.All.Select(f => f.Kind));

    /// <summary>Rows E3 and E10 of what was promised: twelve looks that differ, forty effects.</summary>
    [Fact]
    public void Tables_Looks_DifferAndEffectsAreMany()
    {
        var looks = Enum.GetValues<LookName>().Select(LookTable.Of).Distinct().ToArray();

        Assert.Equal(Enum.GetValues<LookName>().Length, looks.Length);
        Assert.InRange(looks.Length, 12, 100);
        Assert.InRange(EffectTable.All.Length, 40, 100);
        Assert.All(EffectTable.All, f => Assert.InRange(f.Amount, 1, 100));
    }

    private static Scene SceneOf(string member) => Assert.Single(Read(member).Require().Scenes);

    private static StoryboardReading Read(string member) => StoryboardReader.Read(
        Encoding.UTF8.GetBytes($"{{\"schema\":\"url2video.storyboard/1\",\"title\":\"T\",\"scenes\":[{{{member}}}]}}"));
}
