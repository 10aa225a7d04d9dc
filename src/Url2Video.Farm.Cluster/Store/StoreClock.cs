namespace Url2Video.Farm.Cluster.Store;

/// <summary>The clock of the database, in SQL: what several servers measure by, because their own clocks differ.</summary>
internal static class StoreClock
{
    /// <summary>An expression: Unix milliseconds at the moment the statement reaches it.</summary>
    public static string NowMs(StoreKind kind) => kind == StoreKind.Postgres
        ? "(EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT"
        : "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)";
}
