namespace Url2Video.Farm.Cluster.ReadModels;

/// <summary>How a line of the list is written.</summary>
internal static class ProjectRowSql
{
    /// <summary>Never puts an older line over a newer one, so that it may be repeated and two may write.</summary>
    public const string Upsert = """
        INSERT INTO farm_project (id, tenant, band, stage, is_paused, title, error_code, error_text, error, out_dir, search, submitted_ms, ended_ms,
          chunks_done, chunks_total, sequence_nr)
        VALUES (@id, @tenant, @band, @stage, @paused, @title, @error_code, @error_text, @error, @out_dir, @search, @submitted, @ended,
          @chunks_done, @chunks_total, @sequence_nr)
        ON CONFLICT (id) DO UPDATE SET tenant = excluded.tenant, band = excluded.band, stage = excluded.stage, is_paused = excluded.is_paused,
          title = excluded.title, error_code = excluded.error_code, error_text = excluded.error_text, error = excluded.error, out_dir = excluded.out_dir,
          search = excluded.search, submitted_ms = excluded.submitted_ms, ended_ms = excluded.ended_ms, chunks_done = excluded.chunks_done,
          chunks_total = excluded.chunks_total, sequence_nr = excluded.sequence_nr
        WHERE farm_project.sequence_nr < excluded.sequence_nr
        """;

    public static (string Name, object? Value)[] Parameters(ProjectRow row) =>
    [
        ("id", row.Id.Value),
        ("tenant", row.Tenant),
        ("band", (int)row.Band),
        ("stage", ProjectRow.StageWord(row.Stage)),
        ("paused", row.IsPaused ? 1 : 0),
        ("title", row.Title),
        ("error_code", row.Error?.Code),
        ("error_text", row.Error?.Message),
        ("error", row.ErrorJson),
        ("out_dir", row.OutDir),
        ("search", row.SearchText),
        ("submitted", row.SubmittedMs),
        ("ended", row.EndedMs),
        ("chunks_done", row.ChunksDone),
        ("chunks_total", row.ChunksTotal),
        ("sequence_nr", row.SequenceNr),
    ];
}
