using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Tests.Pixels;

namespace Url2Video.Farm.Media.Tests.Composition;

/// <summary>Pictures named by size and tone, e.g. <c>640x480:noise</c>, and a count of how often they were opened.</summary>
internal sealed class SyntheticPictures : IPictureSource
{
    public int Opened { get; private set; }

    public DecodedPicture Open(string pictureId)
    {
        Opened++;
        var (size, tone) = (pictureId.Split(':')[0].Split('x'), pictureId.Split(':')[1]);
        var (width, height) = (int.Parse(size[0]), int.Parse(size[1]));
        return new DecodedPicture(tone == "noise" ? TestPictures.Noise(width, height, width) : Flat(width, height, byte.Parse(tone)));
    }

    private static YuvImage Flat(int width, int height, byte luma)
    {
        var image = new YuvImage(width, height);
        image.Fill(luma, 128, 128);
        return image;
    }
}
