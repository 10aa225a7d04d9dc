using System.Collections.Immutable;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>What lies behind the text of a shot.</summary>
public abstract partial record Background
{
    private Background()
    {
    }

    /// <summary>A picture under a moving camera.</summary>
    /// <param name="PictureId">Passed to <see cref="IPictureSource.Open"/>.</param>
    public sealed record Picture(string PictureId, CameraMove Camera, PictureFit Fit = PictureFit.Cover) : Background
    {
        /// <summary>A move by its name, in place of <see cref="Camera"/>; null for that. One that bends the picture fills the frame.</summary>
        public CameraMotion? Motion { get; init; }

        /// <summary>Parts of the picture that move, at most <see cref="MotionBrush.PerPictureMax"/>; each over what those before it made.</summary>
        public ImmutableArray<MotionBrush> Brushes { get => field.IsDefault ? [] : field; init; }
    }

    /// <summary>A slowly moving pattern in the colours of the theme.</summary>
    /// <param name="Seed">Any number; the same number and pattern give the same picture for ever.</param>
    public sealed record Generated(ulong Seed, GeneratedPattern Pattern = GeneratedPattern.Gradient) : Background;

    /// <summary>One colour.</summary>
    public sealed record Solid(Rgb Colour) : Background;
}

/// <summary>How a picture fills a frame of another shape.</summary>
public enum PictureFit
{
    /// <summary>
    /// Fill the frame, cut what is over. A picture too small for that (more than 1.5 times) falls back to
    /// <see cref="Contain"/>.
    /// </summary>
    Cover,

    /// <summary>Show the whole picture over a blurred and darkened copy of itself.</summary>
    Contain,
}

/// <summary>A movement of the camera over a picture, from the first frame the shot is seen to the last.</summary>
public sealed record CameraMove(CameraPose Start, CameraPose End, Easing Easing = Easing.Linear)
{
    /// <summary>The middle of the picture, as wide as it goes, at rest.</summary>
    public static CameraMove Still { get; } = new(CameraPose.Whole, CameraPose.Whole);
}

/// <summary>
/// Where the camera looks. Zoom 1 shows the largest window of the frame's shape that the picture holds; zoom z shows 1/z of its
/// width and height. A window that would leave the picture is moved back inside.
/// </summary>
/// <param name="CentreXMillionths">0 left edge, 1,000,000 right edge.</param>
/// <param name="CentreYMillionths">0 top edge, 1,000,000 bottom edge.</param>
/// <param name="ZoomMillionths">1,000,000..8,000,000; less counts as 1,000,000, more as 8,000,000.</param>
public sealed record CameraPose(int CentreXMillionths, int CentreYMillionths, int ZoomMillionths)
{
    public static CameraPose Whole { get; } = new(500_000, 500_000, 1_000_000);
}

/// <summary>Opens the pictures a film names.</summary>
public interface IPictureSource
{
    /// <summary>Gives a decoded picture; the caller owns it. Called once per shot that is prepared.</summary>
    DecodedPicture Open(string pictureId);

    /// <summary>The same for a layer: the colour of what cannot be seen is that of what is seen beside it, so that it does not bleed into the rim.</summary>
    DecodedPicture OpenLayer(string pictureId) => Open(pictureId);

    /// <summary>Opens a clip; the caller owns it. Called once per shot that is prepared.</summary>
    /// <exception cref="ClipException">It cannot be read.</exception>
    ClipFile OpenClip(Background.Clip clip) => throw new NotSupportedException("This source has no clips.");
}

/// <summary>A picture and, where it has one, its opacity in luma resolution.</summary>
public sealed record DecodedPicture(YuvImage Image, Plane8? Opacity = null) : IDisposable
{
    public void Dispose()
    {
        Image.Dispose();
        Opacity?.Dispose();
    }
}
