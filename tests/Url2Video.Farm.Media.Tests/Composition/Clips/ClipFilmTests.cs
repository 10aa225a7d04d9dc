using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Tests.FFmpeg;
using Url2Video.Farm.Media.Tests.FFmpeg.Clips;
using Url2Video.Farm.Media.Tests.Text;

namespace Url2Video.Farm.Media.Tests.Composition.Clips;

/// <summary>Clips in a film: the frames depend on the film alone, wherever a chunk begins.</summary>
[Collection(FFmpegCollection.Name)]
public sealed class ClipFilmTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [RequiresProgramsFact("ffmpeg")]
    public void Compose_ChunksCutAnywhere_AreTheWholesOwnFrames()
    {
        var film = TwoClips();
        var whole = Hashes(film, 0, film.Frames);
        foreach (var (from, until) in ((long, long)[])[(0, 7), (7, 31), (31, 47), (47, 59), (59, 90), (89, 90)])
        {
            Assert.Equal(whole[(int)from..(int)until], Hashes(film, from, until));
        }

        Assert.True(whole.Distinct().Count() > 60, "The clips do not play.");
    }

    [RequiresProgramsFact("ffmpeg")]
    public void Compose_ScalarAndVector_AreTheSame()
    {
        var film = TwoClips();

        Assert.Equal(Hashes(film, 40, 50, Lanes.Scalar), Hashes(film, 40, 50));
    }

    [RequiresProgramsFact("ffmpeg")]
    public void Compose_FrameOfAClip_AllocatesNothing()
    {
        var film = TwoClips();
        using var renderer = new FilmRenderer(film, Fonts.All, new Folder(_folder));
        using var frame = new YuvImage(film.Width, film.Height);
        for (var i = 0; i < 20; i++)
        {
            renderer.Compose(i, frame);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 20; i < 40; i++)
        {
            renderer.Compose(i, frame);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>A picture that is not the frame's shape: all of it in the middle, a still of it beside.</summary>
    [RequiresProgramsFact("ffmpeg")]
    public void Compose_Contained_ShowsTheWholePictureInTheMiddle()
    {
        _ = CodedClips.Make(_folder, "a.mp4", "30", 30, "", "-c:v", "libx264", "-pix_fmt", "yuv420p");
        var film = Films.One(640, 360, new Background.Clip("a.mp4", "The clip", new ClipPart(), CameraMove.Still, PictureFit.Contain));
        using var renderer = new FilmRenderer(film, Fonts.All, new Folder(_folder));
        using var frame = new YuvImage(640, 360);
        for (var i = 0; i < 30; i += 7)
        {
            renderer.Compose(i, frame);
            var row = frame.RowY(180).ToArray();
            var number = Enumerable.Range(0, CodedClips.Bars).Where(bar => row[80 + (((2 * bar) + 1) * 480 / (2 * CodedClips.Bars))] > 126).Sum(bar => 1 << bar);
            Assert.Equal(i, number);
        }
    }

    private Film TwoClips()
    {
        if (!File.Exists(_folder["a.mp4"]))
        {
            _ = CodedClips.Make(_folder, "a.mp4", "25", 100, "", "-c:v", "libx264", "-g", "20", "-bf", "3", "-pix_fmt", "yuv420p");
            _ = CodedClips.Make(_folder, "b.gif", "10", 12);
        }

        var first = new Shot(
            new Background.Clip("a.mp4", "The clip", new ClipPart(500, null, 1_500), new CameraMove(CameraPose.Whole, new CameraPose(400_000, 500_000, 1_300_000))),
            [new TextCard.Title(0, TextCard.ToTheEnd, "Over a clip")]) { Effects = [new Effect(EffectKind.Snow, 50, 1, 20)] };
        var second = new Shot(new Background.Clip("b.gif", "The other", new ClipPart(IsLooped: true), CameraMove.Still, PictureFit.Contain), []);
        return new Film(320, 180, new FrameRate(30_000, 1_001), Theme.Default, [new FilmShot(first, 0, 45), new FilmShot(second, 45, 45, 12)], []);
    }

    private List<string> Hashes(Film film, long from, long until, Lanes? lanes = null)
    {
        using var renderer = lanes is { } some
            ? new FilmRenderer(film, Fonts.All, new Folder(_folder), some)
            : new FilmRenderer(film, Fonts.All, new Folder(_folder));
        using var frame = new YuvImage(film.Width, film.Height);
        var hashes = new List<string>();
        for (var i = from; i < until; i++)
        {
            renderer.Compose(i, frame);
            hashes.Add(CodedClips.HashOf(frame));
        }

        return hashes;
    }

    private sealed class Folder(ScratchFolder folder) : IPictureSource
    {
        public DecodedPicture Open(string pictureId) => throw new NotSupportedException();

        public ClipFile OpenClip(Background.Clip clip) => ClipFile.Open(File.OpenRead(folder[clip.ClipId]), clip.Name, ClipBounds.Default);
    }
}
