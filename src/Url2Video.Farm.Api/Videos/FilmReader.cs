using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Api.Videos;

/// <summary>
/// The films as clients see them, kept as far as they were read, so that a look costs one short query for what is new. Bounded; what was not
/// looked at for longest is forgotten. Safe for any thread.
/// </summary>
internal sealed class FilmReader(FilmFeed feed)
{
    /// <summary>A film's facts are about a kilobyte.</summary>
    private const int FilmsKeptMax = 2_000;

    /// <summary>Events of one query: a chunk's may have some kilobytes.</summary>
    private const int PageEventsMax = 500;

    private readonly Lock _gate = new();
    private readonly Dictionary<ProjectId, LinkedListNode<FilmFacts>> _kept = [];
    private readonly LinkedList<FilmFacts> _byUse = new();

    /// <summary>The film as the journal has it now; null for a project that never was.</summary>
    public async Task<FilmFacts?> FindAsync(ProjectId project, CancellationToken cancellation)
    {
        var film = Kept(project) ?? new FilmFacts(project);
        while (true)
        {
            var page = await feed.AfterAsync(project, film.Events, PageEventsMax, cancellation).ConfigureAwait(false);
            film = page.Aggregate(film, (f, e) => f.Apply(e.Event));
            if (page.Length < PageEventsMax)
            {
                break;
            }
        }

        if (film.Request is null)
        {
            return null;
        }

        Keep(film);
        return film;
    }

    /// <summary>The film after each of its events, from the one after <paramref name="start"/> up to the last there is now.</summary>
    public async IAsyncEnumerable<(FilmFacts Before, FilmFacts After)> StepsAsync(FilmFacts start, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var film = start;
        while (true)
        {
            var page = await feed.AfterAsync(film.Id, film.Events, PageEventsMax, cancellation).ConfigureAwait(false);
            foreach (var (_, fact) in page)
            {
                var next = film.Apply(fact);
                yield return (film, next);
                film = next;
            }

            if (page.Length < PageEventsMax)
            {
                yield break;
            }
        }
    }

    private FilmFacts? Kept(ProjectId project)
    {
        lock (_gate)
        {
            return _kept.TryGetValue(project, out var node) ? node.Value : null;
        }
    }

    private void Keep(FilmFacts film)
    {
        lock (_gate)
        {
            if (_kept.Remove(film.Id, out var old))
            {
                _byUse.Remove(old);
                film = old.Value.Events > film.Events ? old.Value : film;
            }
            else if (_kept.Count >= FilmsKeptMax)
            {
                _kept.Remove(_byUse.First!.Value.Id);
                _byUse.RemoveFirst();
            }

            _kept[film.Id] = _byUse.AddLast(film);
        }
    }
}
