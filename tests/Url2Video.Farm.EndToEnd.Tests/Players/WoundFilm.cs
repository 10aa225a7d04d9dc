using System.Collections.Immutable;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Packaging.TrickPlay;
using Url2Video.Farm.Node;
using Url2Video.Farm.Node.Work.TrickPlay;
using Url2Video.Farm.Tests.Packages;

namespace Url2Video.Farm.EndToEnd.Tests.Players;

/// <summary>A film of 54 seconds, on two sheets, as a package with everything to wind and seek by; made once for the tests of a class.</summary>
public sealed class WoundFilm : IDisposable
{
    private const int Width = 64, Height = 36;
    private readonly ScratchFolder _scratch = new();
    private ImmutableArray<byte[]> _frames;

    public WoundFilm()
        : this(new Rational(30, 1), 1_620)
    {
    }

    internal WoundFilm(Rational fps, int frames)
    {
        Fps = fps;
        if (!MediaPrograms.Exist)
        {
            return; // The tests say so themselves.
        }

        Film = EncodedFilm.Make(fps, frames, [144], _scratch.Sub("encode"));
        Package = _scratch.Sub("package");
        Files = MakeAsync("first").GetAwaiter().GetResult();
        PackageDirectory.Write(Package, Film, trickPlay: Files);
    }

    internal Rational Fps { get; }

    internal EncodedFilm Film { get; } = null!;

    internal TrickPlayFiles Files { get; } = null!;

    internal string Package { get; } = "";

    /// <summary>Makes it with the product's own work, from the rung that the package has.</summary>
    /// <param name="name">Of a folder that is not there yet.</param>
    internal async Task<TrickPlayFiles> MakeAsync(string name)
    {
        var artifacts = new ArtifactStore(_scratch.Sub(name));
        var segments = ImmutableArray.CreateBuilder<ArtifactRef>();
        foreach (var file in Film.Chunks.SelectMany(c => c.Rungs[0].Segments))
        {
            segments.Add(await artifacts.WriteAsync(Film.Read(file.File), CancellationToken.None));
        }

        var init = await artifacts.WriteAsync(Film.Read(Film.Chunks[0].Rungs[0].Init), CancellationToken.None);
        var work = new TrickPlayWork(TrickPlayKinds.All, Film.Plan.Ladder[0], new RenditionFiles(init, segments.ToImmutable()), Film.Plan.Frames);
        var job = new JobSpec(new JobId(new ProjectId("prj_1"), "assemble"), default, new JobWork.Speak(init, 0), [], 60);
        var context = new WorkContext(default, artifacts, _scratch.Sub(name + "-scratch"), new Progress<WorkProgress>(), CancellationToken.None);
        var files = await TrickPlayMaker.MakeAsync(job, work, Fps, context);
        foreach (var file in files.All())
        {
            Film.Store(await artifacts.ReadAsync(file, int.MaxValue, CancellationToken.None));
        }

        return files;
    }

    /// <summary>Which of some frames of the film a picture looks most like.</summary>
    internal long Nearest(TrickLook look, IEnumerable<long> frames) => frames.MinBy(frame => Distance(look.Grey, Frames[(int)frame]));

    internal IEnumerable<long> Thumbnails => Enumerable.Range(0, ThumbnailGrid.Count(Film.Plan.Frames, Fps)).Select(i => ThumbnailGrid.FrameOf(i, Film.Plan.Frames, Fps));

    public void Dispose() => _scratch.Dispose();

    // Every frame of the source, before any of our work: what the pictures are judged by.
    private ImmutableArray<byte[]> Frames
    {
        get
        {
            if (_frames.IsDefault)
            {
                var path = Path.Combine(_scratch.Path, "frames.gray");
                MediaPrograms.Run(
                    "ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=size=256x144:rate=30", "-frames:v", "1620",
                    "-vf", "format=yuv420p,scale=64:36:flags=area,format=gray", "-f", "rawvideo", path);
                _frames = [.. File.ReadAllBytes(path).Chunk(Width * Height)];
            }

            return _frames;
        }
    }

    // Apart from brightness, on which browsers and ffmpeg need not agree.
    private static double Distance(ImmutableArray<int> seen, byte[] frame)
    {
        var shift = seen.Average() - frame.Average(b => (double)b);
        return seen.Zip(frame, (a, b) => Math.Abs(a - b - shift)).Sum();
    }
}
