using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Publishing;
using static Url2Video.Farm.Core.Tests.Planning.Films;

namespace Url2Video.Farm.Core.Tests.Publishing;

/// <summary>Results of jobs, made up, for a plan of a given number of full chunks at 30 fps with two rungs.</summary>
internal sealed class Results(int chunks, OutputFormats formats = OutputFormats.Hls | OutputFormats.Dash, bool hasCaptions = false)
{
    public PublishSpec Spec { get; } = new(PlanOf(chunks), formats, "en", "Film", hasCaptions);

    public FilmPlan Plan => Spec.Plan;

    public IEnumerable<PublishInput> All()
    {
        foreach (var chunk in Plan.Chunks)
        {
            yield return Chunk(chunk.Index);
        }

        yield return Audio();
        if (Spec.HasCaptions)
        {
            yield return Captions();
        }
    }

    public PublishInput.ChunkReady Chunk(int index) => new(index, [.. Plan.Ladder.Select(rung => new RungFiles(
        rung.Name,
        "avc1.64001f",
        Artifact($"{rung.Name} init"),
        [.. Plan.Chunks[index].Segments.Select(s => new SegmentFile(s.Index, Artifact($"{rung.Name} {s.Index}", rung.Height * 100 + s.Index), s.Frames))]))]);

    public PublishInput.AudioReady Audio() => new(new JobResult.Mixed(
        "mp4a.40.2",
        Artifact("audio init"),
        [.. Plan.Chunks.SelectMany(c => c.Segments).Select(s => new SegmentFile(s.Index, Artifact($"audio {s.Index}", 5_000), s.Packets))],
        -140,
        -10));

    public static PublishInput.CaptionsReady Captions() => new(Artifact("captions"));

    /// <summary>A chunk of a rung that was encoded with other parameter sets.</summary>
    public PublishInput.ChunkReady Foreign(int index)
    {
        var chunk = Chunk(index);
        return chunk with { Rungs = chunk.Rungs.SetItem(1, chunk.Rungs[1] with { Init = Artifact("another init") }) };
    }

    private static FilmPlan PlanOf(int chunks)
    {
        var millis = chunks * 2 * 64 * 1_000 / 30 + 1;
        return FilmPlanner.Plan(Facts(Scene(isFixed: millis)), [null], [720, 480]).OrThrow();
    }
}

/// <summary>A folder in memory that checks, at every write, what a viewer could see.</summary>
internal sealed class ViewedFolder
{
    private readonly Dictionary<string, string> _files = [];

    /// <summary>Path to text, or to the artifact's name.</summary>
    public IReadOnlyDictionary<string, string> Files => _files;

    public void Apply(PublishEffect effect)
    {
        switch (effect)
        {
            case PublishEffect.PutArtifact put:
                _files[put.Path] = put.File.ToString();
                break;
            case PublishEffect.PutText put:
                CheckGrowth(put);
                _files[put.Path] = put.Text;
                break;
        }
    }

    // Whatever a playlist names must be there already, and an EVENT playlist may only gain lines at its end.
    private void CheckGrowth(PublishEffect.PutText put)
    {
        foreach (var line in put.Text.Split('\n').Where(l => l.StartsWith("../", StringComparison.Ordinal)))
        {
            Assert.Contains(line[3..], _files.Keys);
        }

        if (put.Path.EndsWith(".m3u8", StringComparison.Ordinal) && put.Path != Core.Packaging.PackageLayout.HlsMaster
            && _files.TryGetValue(put.Path, out var before))
        {
            var isFinal = put.Text.EndsWith("#EXT-X-ENDLIST\n", StringComparison.Ordinal);
            Assert.True(isFinal || put.Text.StartsWith(before, StringComparison.Ordinal), $"{put.Path} shrank or changed.");
            Assert.True(isFinal || !before.EndsWith("#EXT-X-ENDLIST\n", StringComparison.Ordinal), $"{put.Path} was final.");
            Assert.True(Count(put.Text) >= Count(before), $"{put.Path} lost segments.");
        }
    }

    private static int Count(string text) => text.Split("#EXTINF").Length - 1;
}
