using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Packaging.Cmaf;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Publishing;

namespace Url2Video.Farm.Tests.Packages;

/// <summary>
/// A small film made as the farm makes one: every chunk encoded by a process of its own, the sound in one run, all wrapped
/// by our CMAF writer. The pictures come from the ffmpeg program's test source, the sound from its sine source.
/// </summary>
internal sealed class EncodedFilm
{
    private readonly Dictionary<ArtifactId, byte[]> _artifacts = [];

    private EncodedFilm(FilmPlan plan) => Plan = plan;

    public FilmPlan Plan { get; }

    public List<PublishInput.ChunkReady> Chunks { get; } = [];

    public PublishInput.AudioReady Audio { get; private set; } = null!;

    /// <param name="frames">Length of the film.</param>
    /// <param name="shortSides">The ladder; the first is the canvas, 16:9.</param>
    /// <param name="scratch">An empty folder.</param>
    public static EncodedFilm Make(Rational fps, int frames, int[] shortSides, string scratch)
    {
        var canvas = shortSides[0];
        var samples = SampleClock.SamplesAt(frames, fps);
        var plan = new FilmPlan(
            fps,
            canvas * 16 / 9,
            canvas,
            frames,
            samples,
            SampleClock.PacketsFor(samples),
            Ladder.For(canvas * 16 / 9, canvas, [.. shortSides]).OrThrow(),
            [],
            ChunkGrid.Cut(frames, fps));
        var film = new EncodedFilm(plan);
        foreach (var chunk in plan.Chunks)
        {
            film.Chunks.Add(new PublishInput.ChunkReady(chunk.Index, [.. plan.Ladder.Select(rung => film.Encode(rung, chunk, scratch))]));
        }

        film.EncodeSound(scratch);
        return film;
    }

    public ArtifactRef Store(byte[] bytes)
    {
        var id = new ArtifactId(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        _artifacts[id] = bytes;
        return new ArtifactRef(id, bytes.Length);
    }

    public byte[] Read(ArtifactRef file) => _artifacts[file.Id];

    private RungFiles Encode(Rung rung, ChunkSlot chunk, string scratch)
    {
        var file = Path.Combine(scratch, $"{rung.Name}-{chunk.Index}.mp4");
        var source = string.Create(CultureInfo.InvariantCulture, $"testsrc2=size={rung.Width}x{rung.Height}:rate={Plan.Fps}");
        var trim = string.Create(CultureInfo.InvariantCulture, $"trim=start_frame={chunk.FirstFrame}:end_frame={chunk.FirstFrame + chunk.Frames},setpts=PTS-STARTPTS");
        var starts = string.Join('+', chunk.Segments.Select(s => string.Create(CultureInfo.InvariantCulture, $"eq(n,{s.FirstFrame - chunk.FirstFrame})")));
        MediaPrograms.Run(
            "ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", source, "-vf", trim, "-pix_fmt", "yuv420p",
            "-c:v", "libx264", "-profile:v", "high", "-preset", "veryfast", "-crf", "30", "-threads", "1", "-force_key_frames", $"expr:{starts}",
            "-x264-params", $"stitchable=1:cpu-independent=1:keyint={ChunkGrid.SegmentFramesMax(Plan.Fps)}:scenecut=0:open-gop=0:force-cfr=1",
            "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-movflags", "+faststart", file);
        var annexB = Path.ChangeExtension(file, ".h264");
        MediaPrograms.Run("ffmpeg", "-v", "error", "-y", "-i", file, "-c", "copy", "-bsf:v", "h264_mp4toannexb,h264_metadata=aud=insert", "-f", "h264", annexB);

        var bytes = File.ReadAllBytes(annexB);
        var config = AvcConfig.From(bytes);
        var samples = AccessUnits(bytes).Zip(ShownOrder(file), (unit, frame) => CodedSample.FromAnnexB(unit.Span, frame)).ToArray();
        var segments = CmafVideo.Segments(chunk, Plan.Fps, config, samples);
        return new RungFiles(
            rung.Name,
            config.Codecs,
            Store(CmafVideo.Init(config, Plan.Fps)),
            [.. segments.Select((s, i) => new SegmentFile(chunk.Segments[i].Index, Store(s), chunk.Segments[i].Frames))]);
    }

    private void EncodeSound(string scratch)
    {
        var file = Path.Combine(scratch, "sound.aac");
        var trim = string.Create(CultureInfo.InvariantCulture, $"atrim=end_sample={Plan.Samples}");
        MediaPrograms.Run(
            "ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000:samples_per_frame=1024",
            "-af", trim, "-ac", "2", "-c:a", "aac", "-b:a", "128k", "-f", "adts", file);
        var (config, packets) = Adts.Read(File.ReadAllBytes(file));
        Assert.Equal(Plan.Packets, packets.Length);
        var segments = Plan.Chunks.SelectMany(c => c.Segments).Select(slot => new SegmentFile(
            slot.Index,
            Store(CmafAudio.Segment(slot, Plan.Samples, packets.AsSpan().Slice((int)slot.FirstPacket, slot.Packets))),
            slot.Packets));
        Audio = new PublishInput.AudioReady(new JobResult.Mixed(AacConfig.Codecs, Store(CmafAudio.Init(config)), [.. segments], -140, -10));
    }

    // One access unit runs from its delimiter to the next.
    private static IEnumerable<ReadOnlyMemory<byte>> AccessUnits(byte[] stream)
    {
        const int StartCodeBytes = 3, Delimiter = 9;
        var starts = AnnexB.Units(stream).Where(u => (stream[u.Start.Value] & 31) == Delimiter).Select(u => u.Start.Value - StartCodeBytes).Append(stream.Length).ToList();
        return starts.Zip(starts.Skip(1), (from, to) => (ReadOnlyMemory<byte>)stream.AsMemory(from, to - from));
    }

    // In decoding order, which frame each packet shows: the rank of its time.
    private static IEnumerable<long> ShownOrder(string file)
    {
        var times = MediaPrograms.Run("ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "packet=pts", "-of", "csv=p=0", file)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => long.Parse(line.Trim(','), CultureInfo.InvariantCulture))
            .ToList();
        var rank = times.Order().Select((time, index) => (time, index)).ToDictionary(x => x.time, x => (long)x.index);
        return times.Select(time => rank[time]);
    }
}
