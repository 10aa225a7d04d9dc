using System.Collections.Immutable;
using System.Globalization;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cli.Chaos;

/// <summary>One thing that must hold, and whether it did.</summary>
/// <param name="Count">How often it was looked at.</param>
/// <param name="Violations">Each in one sentence; empty when it held.</param>
internal sealed record Invariant(string Name, int Count, ImmutableArray<string> Violations)
{
    public bool Holds => Violations.IsEmpty;
}

/// <summary>Reads the journal after a run and judges what must always hold. Believes nothing that the farm says of itself but its journal.</summary>
internal static class ChaosVerdict
{
    public static async Task<ImmutableArray<Invariant>> JudgeAsync(IReadOnlyCollection<OrderedFilm> films, IFarmJournal journal, CancellationToken cancellation)
    {
        var (gaps, doubled, stale, lost, events, chunks) = (new List<string>(), new List<string>(), new List<string>(), new List<string>(), 0, 0);
        foreach (var film in films)
        {
            if (!ProjectIds.TryParse(film.Id, out var id))
            {
                lost.Add($"{film.Id} is no project.");
                continue;
            }

            var history = await ReadAsync(journal, id, cancellation).ConfigureAwait(false);
            events += history.Count;
            Judge(id, history, gaps, doubled, stale, ref chunks);
            if (history.Count == 0)
            {
                lost.Add($"{id} was acknowledged and is not in the journal.");
            }
        }

        return
        [
            new("every acknowledged order is in the journal", films.Count, [.. lost]),
            new("every acknowledged order became a film", films.Count, [.. films.Where(f => f.Status != "succeeded").Select(f => $"{f.Id}: {f.Status ?? "not finished"} {f.Error}")]),
            new("one order is one project", films.Count, [.. films.GroupBy(f => f.Id).Where(g => g.Count() > 1).Select(g => $"{g.Key} answered {g.Count()} orders")]),
            new("journals have no gap and no second writer", events, [.. gaps]),
            new("no finished chunk was finished again", chunks, [.. doubled]),
            new("no attempt of a former life was taken after it was counted out", chunks, [.. stale]),
        ];
    }

    private static async Task<List<JournalEntry>> ReadAsync(IFarmJournal journal, ProjectId id, CancellationToken cancellation)
    {
        var all = new List<JournalEntry>();
        while (true)
        {
            var page = await journal.EventsAsync(id, all.Count == 0 ? 1 : all[^1].SequenceNr + 1, Limits.JournalPageEventsMax, cancellation).ConfigureAwait(false);
            all.AddRange(page);
            if (page.Count < Limits.JournalPageEventsMax)
            {
                return all;
            }
        }
    }

    private static void Judge(ProjectId id, List<JournalEntry> history, List<string> gaps, List<string> doubled, List<string> stale, ref int chunks)
    {
        var (finished, countedOut) = (new HashSet<int>(), new Dictionary<string, long>(StringComparer.Ordinal));
        for (var i = 0; i < history.Count; i++)
        {
            if (history[i].SequenceNr != i + 1)
            {
                gaps.Add(string.Create(CultureInfo.InvariantCulture, $"{id}: event {i + 1} has the number {history[i].SequenceNr}"));
                return;
            }

            switch (history[i].Event)
            {
                case ProjectEvent.AttemptFailed e:
                    countedOut[e.Job] = e.Attempt;
                    break;
                case ProjectEvent.AttemptLost e:
                    countedOut[e.Job] = e.Attempt;
                    break;
                case ProjectEvent.ChunksFinished e:
                    foreach (var chunk in e.Chunks)
                    {
                        chunks++;
                        if (!finished.Add(chunk.Chunk))
                        {
                            doubled.Add($"{id}: chunk {chunk.Chunk}");
                        }

                        if (countedOut.GetValueOrDefault(JobNames.Render(chunk.Chunk)) is > 0 and var bound && chunk.Attempt <= bound)
                        {
                            stale.Add($"{id}: chunk {chunk.Chunk} by attempt {chunk.Attempt}, counted out up to {bound}");
                        }
                    }

                    break;
            }

        }
    }
}
