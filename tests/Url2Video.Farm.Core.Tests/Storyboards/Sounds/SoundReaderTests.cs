using System.Text;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Core.Storyboards.Sounds;

namespace Url2Video.Farm.Core.Tests.Storyboards.Sounds;

public sealed class SoundReaderTests
{
    [Fact]
    public void Read_EverythingSaid_IsUnderstood()
    {
        var board = Read(
            """
            "loudness":"podcast","voice":{"enhance":"standard"},
            "music":{"mood":"auto","seed":7,"file":"audio/a.mp3","startMs":1500,"end":"silence","gain":-3.5,"fadeInMs":10,"fadeOutMs":900,"duck":{"depth":18,"attackMs":100,"releaseMs":400}},
            "space":{"room":"medium","wet":0.25,"voice":{"azimuth":-30,"elevation":10,"distance":1.5}},
            """,
            """
            "narration":"audio/one.wav","sounds":[{"kind":"key","on":"speech","atMs":-20,"gain":1.5,"count":40,"everyMs":25,"seed":3,"place":{"azimuth":90}},{"kind":"whoosh"}]
            """).Require();

        Assert.Equal(-160, board.LoudnessLufsTenths);
        Assert.Equal(VoiceEnhance.Standard, board.Voice.Enhance);
        Assert.Equal(new Music(MusicMood.Auto, 7)
        {
            File = new MusicFile(new VisualAsset.InBundle("audio/a.mp3"), 1_500, MusicEnd.Silence),
            GainDecibelTenths = -35,
            MsFadeIn = 10,
            MsFadeOut = 900,
            Duck = new Duck(18, 100, 400),
        }, board.Music);
        Assert.Equal(new Space(RoomSize.Medium, 25, new SoundPlace(-30, 10, 150)), board.Space);
        var scene = board.Scenes[0];
        Assert.Equal(new VisualAsset.InBundle("audio/one.wav"), scene.Narration);
        Assert.Equal(
            new[]
            {
                new SceneSound(SoundKind.Key, SoundAnchor.Speech, -20, 15, 40, 25, 3, new SoundPlace(90, 0, 100)),
                new SceneSound(SoundKind.Whoosh, SoundAnchor.Start, 0, 0, 1, 20, 0, null),
            },
            scene.Sounds.ToArray());
    }

    [Theory]
    [InlineData("\"broadcast\"", -230)]
    [InlineData("\"podcast\"", -160)]
    [InlineData("\"social\"", -140)]
    [InlineData("-19.5", -195)]
    public void Read_Loudness_TakesNumbersAndNames(string value, int tenths) =>
        Assert.Equal(tenths, Read($"\"loudness\":{value},", "").Require().LoudnessLufsTenths);

    [Theory]
    [InlineData("\"loudness\":\"cinema\",", "", "/loudness", ErrorCodes.InvalidStoryboard)]
    [InlineData("\"loudness\":-8,", "", "/loudness", ErrorCodes.InvalidStoryboard)]
    [InlineData("\"voice\":{\"enhance\":\"max\"},", "", "/voice/enhance", ErrorCodes.InvalidStoryboard)]
    [InlineData("\"music\":{\"mood\":\"happy\"},", "", "/music/mood", ErrorCodes.InvalidStoryboard)]
    [InlineData("\"music\":{\"file\":\"../a.mp3\"},", "", "/music/file", ErrorCodes.InvalidStoryboard)]
    [InlineData("\"music\":{\"file\":7},", "", "/music/file", ErrorCodes.InvalidStoryboard)]
    [InlineData("\"music\":{\"gain\":12.1},", "", "/music/gain", ErrorCodes.InvalidStoryboard)]
    [InlineData("\"music\":{\"fadeInMs\":0},", "", "/music/fadeInMs", ErrorCodes.InvalidStoryboard)]
    [InlineData("\"music\":{\"duck\":{\"depth\":41}},", "", "/music/duck/depth", ErrorCodes.InvalidStoryboard)]
    [InlineData("\"music\":{\"ducking\":{}},", "", "/music/ducking", ErrorCodes.UnknownProperty)]
    [InlineData("\"space\":{\"room\":\"cave\"},", "", "/space/room", ErrorCodes.InvalidStoryboard)]
    [InlineData("\"space\":{\"wet\":1.5},", "", "/space/wet", ErrorCodes.InvalidStoryboard)]
    [InlineData("\"space\":{\"voice\":{\"azimuth\":181}},", "", "/space/voice/azimuth", ErrorCodes.InvalidStoryboard)]
    [InlineData("\"space\":{\"voice\":{\"distance\":0}},", "", "/space/voice/distance", ErrorCodes.InvalidStoryboard)]
    [InlineData("", "\"narration\":\"/etc/passwd\"", "/scenes/0/narration", ErrorCodes.InvalidStoryboard)]
    [InlineData("", "\"sounds\":[{}]", "/scenes/0/sounds/0/kind", ErrorCodes.InvalidStoryboard)]
    [InlineData("", "\"sounds\":[{\"kind\":\"boom\"}]", "/scenes/0/sounds/0/kind", ErrorCodes.InvalidStoryboard)]
    [InlineData("", "\"sounds\":[{\"kind\":\"pop\",\"at\":3}]", "/scenes/0/sounds/0/at", ErrorCodes.UnknownProperty)]
    [InlineData("", "\"sounds\":[{\"kind\":\"pop\",\"count\":501}]", "/scenes/0/sounds/0/count", ErrorCodes.InvalidStoryboard)]
    [InlineData("", "\"sounds\":[{\"kind\":\"pop\",\"everyMs\":1}]", "/scenes/0/sounds/0/everyMs", ErrorCodes.InvalidStoryboard)]
    public void Read_WrongSound_IsRefusedWithItsPlace(string root, string scene, string pointer, string code)
    {
        var error = Assert.Single(Read(root, scene).Errors);

        Assert.Equal(code, error.Code);
        Assert.StartsWith($"{pointer}: ", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A few kilobytes must not order hours of mixing.</summary>
    [Fact]
    public void Read_TooManySoundsInAll_IsRefused()
    {
        var sounds = string.Join(',', Enumerable.Repeat("""{"kind":"key","count":500}""", 32));
        var scenes = string.Join(',', Enumerable.Repeat($"{{\"sounds\":[{sounds}]}}", 2));
        var error = Assert.Single(StoryboardReader.Read(Encoding.UTF8.GetBytes(
            $"{{\"schema\":\"{Storyboard.Schema}\",\"title\":\"T\",\"scenes\":[{scenes}]}}")).Errors);

        Assert.Contains("32000 sounds", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NothingSaid_IsAsItAlwaysWas()
    {
        var board = Read("\"music\":{\"mood\":\"calm\"},", "").Require();

        Assert.Equal(new Music(MusicMood.Calm, 0), board.Music);
        Assert.Equal(Space.Default, board.Space);
        Assert.Empty(board.Scenes[0].Sounds);
        Assert.Null(board.Scenes[0].Narration);
    }

    private static StoryboardReading Read(string root, string scene) => StoryboardReader.Read(Encoding.UTF8.GetBytes(
        $"{{\"schema\":\"{Storyboard.Schema}\",\"title\":\"T\",{root}\"scenes\":[{{{scene}}}]}}"));
}
