using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Core.Storyboards.Sounds;

namespace Url2Video.Farm.Core.Tests.Storyboards.Sounds;

public sealed class NarrationMoodTests
{
    [Theory]
    [InlineData("She lost her brother. The town mourned, and many wept at the funeral.", MusicMood.Sad)]
    [InlineData("Er verlor seinen Vater; die Trauer und der Abschied waren schwer.", MusicMood.Sad)]
    [InlineData("A crisis: attackers breached the network, and panic spread after the warning.", MusicMood.Tense)]
    [InlineData("Die Krise wächst, nach dem Angriff herrscht Angst vor neuer Gefahr.", MusicMood.Tense)]
    [InlineData("The rocket launch was a triumph, a historic mission and a new record.", MusicMood.Epic)]
    [InlineData("The puppy and the kitten play a silly game; the kids laugh.", MusicMood.Playful)]
    [InlineData("A wonderful summer: celebrate, smile, and enjoy the sunny days.", MusicMood.Bright)]
    [InlineData("Family, friends and neighbours come together at home and feel welcome.", MusicMood.Warm)]
    [InlineData("Our company grew revenue this quarter; customers like the platform.", MusicMood.Corporate)]
    [InlineData("Drifting through the galaxy, a dream of infinite space and stars.", MusicMood.Ambient)]
    [InlineData("Slow water, a quiet lake, tea in the garden.", MusicMood.Calm)]
    [InlineData("Nothing here says anything of itself.", MusicMood.Calm)]
    [InlineData("", MusicMood.Calm)]
    public void Of_Narration_IsItsMood(string text, MusicMood mood) => Assert.Equal(mood, NarrationMood.Of([text]));

    [Theory]
    [InlineData("There is no danger, no risk and no fear.", MusicMood.Calm)]
    [InlineData("It was not happy, not joyful and never wonderful.", MusicMood.Sad)]
    public void Of_NegatedWords_VoteTheOtherWay(string text, MusicMood mood) => Assert.Equal(mood, NarrationMood.Of([text]));

    [Fact]
    public void Of_Document_AutoAsksTheWordsAndAWordIsTaken()
    {
        var board = AnyStoryboard.From(3);
        board = board with { Scenes = [board.Scenes[0] with { Say = "Funeral, grief, tears.", Texts = [] }] };

        Assert.Equal(MusicMood.Sad, NarrationMood.Of(board with { Music = new Music(MusicMood.Auto, 0) }));
        Assert.Equal(MusicMood.Epic, NarrationMood.Of(board with { Music = new Music(MusicMood.Epic, 0) }));
    }

    [Fact]
    public void Of_AnyWords_NeverSaysAuto() =>
        Assert.All(Enumerable.Range(0, 300), i => Assert.NotEqual(MusicMood.Auto, NarrationMood.Of(AnyStoryboard.From(i) with { Music = new Music(MusicMood.Auto, 0) })));
}
