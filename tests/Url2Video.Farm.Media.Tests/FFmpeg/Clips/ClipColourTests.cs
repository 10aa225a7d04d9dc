using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Tests.FFmpeg.Clips;

/// <summary>One colour through every way in which a clip may write it.</summary>
[Collection(FFmpegCollection.Name)]
public sealed class ClipColourTests : IDisposable
{
    private static readonly Rgb s_colour = new(200, 40, 90);
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [RequiresProgramsTheory("ffmpeg")]
    [InlineData("160x96", "bt601", "tv", "yuv420p", "a.mp4", "-c:v libx264 -qp 1 -colorspace smpte170m -color_range tv")]
    [InlineData("160x96", "bt601", "tv", "yuv420p", "u.mp4", "-c:v libx264 -qp 1")]
    [InlineData("160x96", "bt709", "tv", "yuv420p", "b.mp4", "-c:v libx264 -qp 1 -colorspace bt709 -color_range tv")]
    [InlineData("160x96", "bt709", "pc", "yuv420p", "c.mp4", "-c:v libx264 -qp 1 -colorspace bt709 -color_range pc")]
    [InlineData("160x96", "bt601", "pc", "yuvj420p", "d.mov", "-c:v mjpeg -q:v 1")]
    [InlineData("160x96", "bt709", "tv", "yuv444p10le", "e.mkv", "-c:v libx264 -qp 1 -colorspace bt709 -color_range tv")]
    [InlineData("1280x720", "bt709", "tv", "yuv420p", "h.mp4", "-c:v libx264 -qp 1 -preset ultrafast")]
    [InlineData("160x96", "bt601", "tv", "yuv422p10le", "p.mov", "-c:v prores_ks -colorspace smpte170m -color_range tv")]
    [InlineData("160x96", "bt601", "tv", "rgb24", "r.mov", "-c:v png")]
    [InlineData("160x96", "bt601", "tv", "rgb24,split[a][b];[a]palettegen=reserve_transparent=0[p];[b][p]paletteuse", "g.gif", "")]
    public void PictureAt_AColour_IsThatColourInBt709(string size, string matrix, string range, string format, string name, string options)
    {
        Make(size, $"scale=out_color_matrix={matrix}:out_range={range},format={format}", name, options);
        using var clip = CodedClips.Open(_folder[name]);
        var picture = clip.PictureAt(clip.Times.FirstTick);
        var expected = s_colour.ToYuv();

        Assert.InRange(picture.RowY(40)[80], expected.Y - 2, expected.Y + 2);
        Assert.InRange(picture.RowU(20)[40], expected.U - 2, expected.U + 2);
        Assert.InRange(picture.RowV(20)[40], expected.V - 2, expected.V + 2);
    }

    [RequiresProgramsTheory("ffmpeg")]
    [InlineData(0)]
    [InlineData(128)]
    [InlineData(255)]
    public void PictureAt_Opacity_ShowsItsGround(int alpha)
    {
        Make("160x96", $"format=rgba,colorchannelmixer=aa={alpha}/255", "t.mov", "-c:v png -pix_fmt rgba");
        using var clip = ClipFile.Open(File.OpenRead(_folder["t.mov"]), "The clip", ClipBounds.Default);
        var ground = new Rgb(20, 200, 30);
        clip.Prepare(160, 96, ground);
        var picture = clip.PictureAt(clip.Times.FirstTick);
        byte Mix(byte a, byte b) => (byte)(((a * alpha) + (b * (255 - alpha))) / 255);
        var expected = new Rgb(Mix(s_colour.R, ground.R), Mix(s_colour.G, ground.G), Mix(s_colour.B, ground.B)).ToYuv();

        Assert.InRange(picture.RowY(40)[80], expected.Y - 2, expected.Y + 2);
        Assert.InRange(picture.RowU(20)[40], expected.U - 2, expected.U + 2);
        Assert.InRange(picture.RowV(20)[40], expected.V - 2, expected.V + 2);
    }

    private void Make(string size, string filters, string name, string options) => Programs.Run("ffmpeg",
    [
        "-v", "error", "-f", "lavfi", "-i", $"color=c=0xC8285A:size={size}:rate=25:d=1,format=rgb24", "-frames:v", "3", "-vf", filters,
        .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), _folder[name],
    ]);
}
