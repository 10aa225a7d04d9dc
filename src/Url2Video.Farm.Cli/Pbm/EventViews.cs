using System.Text.Json;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cli.Pbm;

/// <summary>The journal of one project: the witness of what was finished, when, and how often.</summary>
internal static class EventViews
{
    private const int TextCharsMax = 160;

    public static ExitStatus Events(string dataDir, string project, IReporter reporter)
    {
        var events = new JournalReader(dataDir).Events(ProjectViews.Parse(project));
        var fields = events.Select(e => new Dictionary<string, object?>
        {
            ["nr"] = e.SequenceNr,
            ["name"] = e.Name,
            ["finished"] = FinishedJobs(e.Event),
            ["event"] = e.Json,
        }).ToArray();
        var lines = events.Select(e => $"{e.SequenceNr,6}  {e.Name,-36}  {Short(e.Json)}");
        reporter.Succeed([.. lines.Append($"{events.Count} events")], new Dictionary<string, object?> { ["events"] = fields });
        return ExitStatus.Success;
    }

    /// <summary>Names of the jobs whose completion an event records.</summary>
    private static string[] FinishedJobs(ProjectEvent fact) => fact switch
    {
        ProjectEvent.SourceIngested => [JobNames.Ingest],
        ProjectEvent.StoryboardWritten => [JobNames.Write],
        ProjectEvent.ScenesSpoken e => [.. e.Scenes.Select(s => JobNames.Speak(s.Scene))],
        ProjectEvent.ChunksFinished e => [.. e.Chunks.Select(c => JobNames.Render(c.Chunk))],
        ProjectEvent.SoundMixed => [JobNames.Mix],
        ProjectEvent.FilmAssembled => [JobNames.Assemble],
        _ => [],
    };

    private static string Short(JsonElement json)
    {
        var text = json.GetRawText();
        return text.Length <= TextCharsMax ? text : text[..TextCharsMax] + "...";
    }
}
