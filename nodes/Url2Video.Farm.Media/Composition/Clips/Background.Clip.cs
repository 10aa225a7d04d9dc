using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Media.Composition;

public abstract partial record Background
{
    /// <summary>A video or an animated GIF under a moving camera.</summary>
    /// <param name="ClipId">What <see cref="IPictureSource.OpenClip"/> knows it by.</param>
    /// <param name="Name">What it is called in errors, as the subject of a sentence: <c>The clip of scene "tea"</c>.</param>
    public sealed record Clip(string ClipId, string Name, ClipPart Part, CameraMove Camera, PictureFit Fit = PictureFit.Cover) : Background;
}
