using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Api.Videos;

/// <summary>
/// One thing that happened to a film, with how it stood afterwards. Its id is the place of the fact in the journal: the same on every server,
/// growing, and known again after a failover.
/// </summary>
/// <param name="Type">snapshot, progress, state, title, warning, retry, paused, resumed, succeeded, failed or canceled.</param>
/// <param name="Text">The title, or the newest warning.</param>
public sealed record VideoEvent(
    long Id,
    string Type,
    string VideoId,
    string Status,
    double Progress,
    bool Paused,
    VideoChunks Chunks,
    int Retries,
    string? Text,
    VideoError? Error)
{
    internal static VideoEvent Snapshot(FilmFacts film) => Of(film, "snapshot", film.Title);

    /// <summary>Null when clients see no difference.</summary>
    internal static VideoEvent? Between(FilmFacts before, FilmFacts after)
    {
        if (after.IsEnded && !before.IsEnded)
        {
            return Of(after, VideoWords.Of(after.Stage), null);
        }

        if (after.IsPaused != before.IsPaused)
        {
            return Of(after, after.IsPaused ? "paused" : "resumed", null);
        }

        if (after.Warnings.Count > before.Warnings.Count)
        {
            return Of(after, "warning", after.Warnings[^1]);
        }

        return after.Retries > before.Retries ? Of(after, "retry", null)
            : after.Title != before.Title ? Of(after, "title", after.Title)
            : after.Stage != before.Stage ? Of(after, "state", null)
            : after.Permille != before.Permille || after.ChunksDone != before.ChunksDone || after.ChunksPublished != before.ChunksPublished ? Of(after, "progress", null)
            : null;
    }

    private static VideoEvent Of(FilmFacts film, string type, string? text) => new(
        film.Events,
        type,
        film.Id.Value,
        VideoWords.Of(film.Stage),
        film.Permille / 1000.0,
        film.IsPaused,
        new VideoChunks(film.ChunksDone, film.ChunksPublished, film.ChunksTotal),
        film.Retries,
        text,
        VideoViews.ErrorOf(film));
}
