using Microsoft.Data.Sqlite;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Tests.Stores;

namespace Url2Video.Farm.Cluster.Tests.Fakes;

/// <summary>A new store of either kind for each test of a class; one PostgreSQL for all of them.</summary>
public sealed class BothStores : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PostgresFixture _postgres = new();
    private int _files;

    public Task InitializeAsync() => _postgres.InitializeAsync();

    public async Task DisposeAsync()
    {
        await _postgres.DisposeAsync();
        SqliteConnection.ClearAllPools();
    }

    public void Dispose() => _folder.Dispose();

    internal async Task<FarmDatabase> OpenAsync(StoreKind kind) => await FarmDatabase.OpenAsync(kind == StoreKind.Postgres
        ? await _postgres.Server.CreateDatabaseAsync()
        : StoreUrl.OfFile(_folder[$"farm{Interlocked.Increment(ref _files)}.db"]));
}

/// <summary>The case of a theory for SQLite.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnSqliteAttribute : Xunit.Sdk.DataAttribute
{
    public override IEnumerable<object[]> GetData(System.Reflection.MethodInfo testMethod) => [[StoreKind.Sqlite]];
}

/// <summary>The case of a theory for PostgreSQL; skipped, visibly, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnPostgresAttribute : Xunit.Sdk.DataAttribute
{
    public OnPostgresAttribute() => Skip = PostgresServer.Missing;

    public override IEnumerable<object[]> GetData(System.Reflection.MethodInfo testMethod) => [[StoreKind.Postgres]];
}
