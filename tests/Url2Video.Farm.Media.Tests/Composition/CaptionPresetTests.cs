using System.Security.Cryptography;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Text;

namespace Url2Video.Farm.Media.Tests.Composition;

/// <summary>Each preset looks different, and only the one that marks the active word changes while a caption stands.</summary>
public sealed class CaptionPresetTests
{
    [Fact]
    public void Presets_OfOneCaption_LookDifferent()
    {
        var looks = Enum.GetValues<CaptionPreset>().Select(p => Frame(p, 10)).ToHashSet();

        // A word that pops differs from one that is only marked while it begins.
        Assert.Equal(3, looks.Count);
        Assert.NotEqual(Frame(CaptionPreset.BoxedActiveWord, 31), Frame(CaptionPreset.BoxedPoppingWord, 31));
    }

    [Theory]
    [InlineData(CaptionPreset.BoxedActiveWord, false)]
    [InlineData(CaptionPreset.BoxedPoppingWord, false)]
    [InlineData(CaptionPreset.Boxed, true)]
    [InlineData(CaptionPreset.Outlined, true)]
    public void Preset_WhileTheNextWordIsSaid_StandsStillUnlessItMarksTheWord(CaptionPreset preset, bool isStill) =>
        Assert.Equal(isStill, Frame(preset, 10) == Frame(preset, 40));

    private static string Frame(CaptionPreset preset, long frame)
    {
        var shot = new Shot(new Background.Solid(new Rgb(0x20, 0x60, 0x90)), []);
        var cue = new CaptionCue(0, 60, [new CaptionWord("One", 0, 30), new CaptionWord("two", 30, 60)]);
        var film = new Film(640, 360, new FrameRate(30), Theme.Default, [new FilmShot(shot, 0, 60)], [cue]) { CaptionPreset = preset };
        using var fonts = FontSet.Open(FontSet.UsualDirectories);
        using var renderer = new FilmRenderer(film, fonts, new NoPictures());
        using var image = new YuvImage(640, 360);
        renderer.Compose(frame, image);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var y = 0; y < image.Height; y++)
        {
            hash.AppendData(image.RowY(y));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private sealed class NoPictures : IPictureSource
    {
        public DecodedPicture Open(string pictureId) => throw new InvalidOperationException("This film has no pictures.");
    }
}
