using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Api.Farm;

/// <param name="Ok">Everything that was looked at holds.</param>
/// <param name="Detail">What was looked at, or what does not hold.</param>
internal sealed record ReplayCheck(string Name, bool Ok, string Detail);

/// <summary>A project folded anew from its first event.</summary>
internal sealed record ReplayReport(string Project, long Events, string Stage, bool Ok, ImmutableArray<ReplayCheck> Checks);

/// <summary>Folds a journal again and holds the result against what must be true of it. Pure.</summary>
internal static class Replay
{
    /// <param name="told">What the project's own actor tells of itself; null when it was not asked.</param>
    public static ReplayReport Run(string project, IReadOnlyList<JournalEntry> entries, ProjectItem? told)
    {
        var (state, fault) = Fold(entries);
        var checks = ImmutableArray.CreateBuilder<ReplayCheck>();
        checks.Add(new("fold", fault is null, fault ?? $"{entries.Count} events fold"));
        checks.Add(Numbers(entries));
        checks.Add(Terms(entries));
        checks.Add(Once(entries));
        checks.Add(Bytes(entries));
        checks.Add(Again(entries, state));
        if (told is not null)
        {
            var row = ProjectItem.Of(state);
            var isSame = (row.Stage, row.Title, row.ErrorCode, row.SubmittedAt.ToUnixTimeMilliseconds())
                == (told.Stage, told.Title, told.ErrorCode, told.SubmittedAt.ToUnixTimeMilliseconds());
            checks.Add(new("actor", isSame, isSame ? "the actor tells the same" : $"the fold says {row.Stage}, the actor {told.Stage}"));
        }

        return new(project, entries.Count, ProjectItem.Of(state).Stage, checks.All(c => c.Ok), checks.ToImmutable());
    }

    private static (ProjectState State, string? Fault) Fold(IReadOnlyList<JournalEntry> entries)
    {
        var state = new ProjectState(entries[0].Project);
        foreach (var entry in entries)
        {
            try
            {
                state = state.Apply(entry.Event);
            }
#pragma warning disable CA1031 // Whatever an event does to the fold is the finding.
            catch (Exception e)
#pragma warning restore CA1031
            {
                return (state, $"event {entry.SequenceNr} ({entry.Name}) does not fold: {e.Message}");
            }
        }

        return (state, null);
    }

    private static ReplayCheck Numbers(IReadOnlyList<JournalEntry> entries)
    {
        var gap = Enumerable.Range(0, entries.Count).FirstOrDefault(i => entries[i].SequenceNr != i + 1, -1);
        return new("numbers", gap < 0, gap < 0 ? "1, 2, 3 ... without a gap" : Text($"event {gap + 1} is numbered {entries[gap].SequenceNr}"));
    }

    private static ReplayCheck Terms(IReadOnlyList<JournalEntry> entries)
    {
        var terms = entries.Select(e => e.Event switch
        {
            ProjectEvent.TermStarted t => t.Term,
            ProjectEvent.Unpaused t => t.Term,
            ProjectEvent.Retried t => t.Term,
            _ => 0,
        }).Where(t => t > 0).ToArray();
        var isGrowing = terms.Zip(terms.Skip(1)).All(t => t.Item1 < t.Item2);
        return new("terms", isGrowing, isGrowing ? Text($"{terms.Length} later lives, each above the one before") : "a term is not above the one before");
    }

    private static ReplayCheck Once(IReadOnlyList<JournalEntry> entries)
    {
        var twice = entries.SelectMany(e => EventRow.Of(e).Finished).GroupBy(j => j, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
        return new("once", twice is null, twice is null ? "no job is finished twice" : $"{twice} is finished more than once");
    }

    // What is read and written again must be what stands there: a reader that drops a field would lose it at the next snapshot.
    private static ReplayCheck Bytes(IReadOnlyList<JournalEntry> entries)
    {
        var changed = entries.FirstOrDefault(e =>
        {
            using var again = JsonDocument.Parse(FarmJson.Write((object)e.Event));
            return !IsKept(e.Json, again.RootElement);
        });
        return new("records", changed is null, changed is null ? "every event is written again without a loss" : Text($"event {changed.SequenceNr} ({changed.Name}) loses something when it is written again"));
    }

    // A newer farm writes members that an older one did not have; none that stands there may be lost or changed.
    private static bool IsKept(JsonElement stored, JsonElement again) => (stored.ValueKind, again.ValueKind) switch
    {
        (JsonValueKind.Object, JsonValueKind.Object) => stored.EnumerateObject().All(p => again.TryGetProperty(p.Name, out var kept) && IsKept(p.Value, kept)),
        (JsonValueKind.Array, JsonValueKind.Array) => stored.GetArrayLength() == again.GetArrayLength()
            && stored.EnumerateArray().Zip(again.EnumerateArray()).All(static p => IsKept(p.Item1, p.Item2)),
        _ => JsonElement.DeepEquals(stored, again),
    };

    private static ReplayCheck Again(IReadOnlyList<JournalEntry> entries, ProjectState first)
    {
        var (second, _) = Fold(entries);
        var isSame = JsonSerializer.Serialize(ProjectDetail.Of(first)) == JsonSerializer.Serialize(ProjectDetail.Of(second));
        return new("repeatable", isSame, isSame ? "folding again gives the same" : "folding again gives something else");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
