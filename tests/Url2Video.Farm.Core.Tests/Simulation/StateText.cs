using System.Globalization;
using System.Text;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Core.Tests.Simulation;

/// <summary>A project's state as text, complete, so that two states can be compared by value and a difference can be read.</summary>
internal static class StateText
{
    public static string Of(ProjectState s)
    {
        var text = new StringBuilder(512);
        text.Append(CultureInfo.InvariantCulture, $"{s.Id} {s.Phase} {s.Status} term {s.Term} at {s.SubmittedAt:O} request {s.Request?.Source}\n");
        text.Append(CultureInfo.InvariantCulture, $"doc {s.SourceDoc} board {s.Storyboard} facts {s.Facts?.Mix}/{s.Facts?.Scenes.Length} warn {string.Join('|', s.Warnings)}\n");
        text.Append(CultureInfo.InvariantCulture, $"to speak {s.ScenesToSpeak} ready {s.ScenesReady}: {string.Join(',', s.Speeches.Select(v => v?.Pcm.Id.Sha256))}\n");
        text.Append(CultureInfo.InvariantCulture, $"plan {s.Plan?.Frames}/{s.Plan?.Chunks.Length} done {s.ChunksDone} ready {s.ChunksReady} published {s.ChunksPublished} {s.IsPublished}\n");
        text.AppendJoin(',', s.Chunks.Select(c => c is null ? "" : $"{c.Chunk}@{c.Attempt}={c.Rungs[0].Segments[0].File.Id}")).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"model {s.Model?.Chunk} sound {s.Sound?.Init} files {s.Files?.Length}\n");
        text.AppendJoin(',', s.Troubles.Select(t => $"{t.Key}={t.Value}")).Append('\n');
        text.AppendJoin(',', s.Dead).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"failures {s.FailuresTotal} lost {s.LostTotal} error {s.Error} ended {s.EndedAt:O}");
        return text.ToString();
    }
}
