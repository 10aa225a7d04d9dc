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
        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
        Line($"{s.Id} {s.Phase} {s.Status} term {s.Term} at {s.SubmittedAt:O} request {s.Request?.Source}");
        Line($"doc {s.SourceDoc} board {s.Storyboard} facts {s.Facts?.Mix}/{s.Facts?.Scenes.Length} warn {string.Join('|', s.Warnings)}");
        Line($"to speak {s.ScenesToSpeak} ready {s.ScenesReady}: {string.Join(',', s.Speeches.Select(v => v?.Pcm.Id.Sha256))}");
        Line($"plan {s.Plan?.Frames}/{s.Plan?.Chunks.Length} done {s.ChunksDone} ready {s.ChunksReady}");
        Line($"published {s.ChunksPublished} {s.IsPublished}");
        text.AppendJoin(',', s.Chunks.Select(c => c is null ? "" : $"{c.Chunk}@{c.Attempt}={c.Rungs[0].Segments[0].File.Id}")).Append('\n');
        Line($"model {s.Model?.Chunk} sound {s.Sound?.Init} files {s.Files?.Length}");
        text.AppendJoin(
            ',',
            s.Troubles.Select(t => $"{t.Key}={t.Value.Failures}/{t.Value.Lost}/{t.Value.Excused}@{t.Value.LastAttempt} {t.Value.Failed} {string.Join('+', t.Value.FailedOn)} {string.Join('+', t.Value.LostOn)}")).Append('\n');
        text.AppendJoin(',', s.Dead).Append('\n');
        text.AppendJoin(',', s.Remakes.Select(r => $"{r.Key}={r.Value}")).Append('\n');
        Line($"failures {s.FailuresTotal} lost {s.LostTotal} error {s.Error} ended {s.EndedAt:O}");
        return text.ToString();
    }
}
