using System.Text;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Tests.Serialization;

/// <summary>
/// The journal of a whole film as the first version wrote it, one event a line: manifest, tab, JSON. Written once by a real run
/// (<c>U2V_WRITE_GOLDEN=1</c>) and replayed for ever.
/// </summary>
public sealed class GoldenFilm
{
    internal static string FilePath => Path.Combine(GoldenFile.Folder(), "film.v1.journal");

    [Fact]
    public void Replay_FirstVersionsFilm_FoldsToTheCompletedFilm()
    {
        var events = File.ReadAllLines(FilePath).Select(line => line.Split('\t', 2)).Select(parts => JournalReader.Read(parts[0], Encoding.UTF8.GetBytes(parts[1])));

        var state = events.Aggregate(new ProjectState(new ProjectId("prj_golden")), (s, e) => s.Apply(e));

        Assert.Equal((ProjectPhase.Completed, ProjectStatus.Active), (state.Phase, state.Status));
        Assert.Equal(state.Chunks.Count, state.ChunksPublished);
        Assert.Equal((1_440, 12), (state.Plan!.Frames, state.Plan.Chunks.Length));
        Assert.Equal(["video.mp4", "captions.vtt", "thumbnail.jpg"], state.Files!.Value.Select(f => f.Name));
    }

    internal static void Write(IEnumerable<(string Manifest, byte[] Bytes)> rows)
    {
        if (!File.Exists(FilePath) && Environment.GetEnvironmentVariable("U2V_WRITE_GOLDEN") == "1")
        {
            File.WriteAllLines(FilePath, rows.Select(r => $"{r.Manifest}\t{Encoding.UTF8.GetString(r.Bytes)}"));
        }
    }
}
