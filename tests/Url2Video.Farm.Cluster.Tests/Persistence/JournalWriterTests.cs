using Microsoft.Data.Sqlite;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Persistence.Files;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Tests.Fakes;

namespace Url2Video.Farm.Cluster.Tests.Persistence;

/// <summary>What becomes of writes that cannot be stored: whoever waits is told, and the next ones are stored.</summary>
public sealed class JournalWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private StoreUrl Store => StoreUrl.OfFile(_folder["farm.db"]);

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task Write_FileCannotBeOpened_IsTold_AndTheNextIsStored()
    {
        Directory.CreateDirectory(_folder["farm.db"]);
        var writer = new JournalWriter(Store);
        await RefusedAsync(writer, Row(1));

        Directory.Delete(_folder["farm.db"]);
        JournalTables.EnsureFile(Store);
        await StoredAsync(writer, Row(1));

        Assert.Equal(1, Count());
        writer.Complete();
    }

    [Fact]
    public async Task Write_TableIsNotThere_AllOfTheBatchAreTold_AndTheNextIsStored()
    {
        var writer = new JournalWriter(Store);
        await Task.WhenAll(Enumerable.Range(1, 20).Select(n => RefusedAsync(writer, Row(n))));

        JournalTables.EnsureFile(Store);
        await Task.WhenAll(Enumerable.Range(1, 20).Select(n => StoredAsync(writer, Row(n))));

        Assert.Equal(20, Count());
        writer.Complete();
    }

    /// <summary>With the statement goes the whole transaction, as on some faults of a disk: there is no savepoint left to go back to.</summary>
    [Fact]
    public async Task Write_ThatTakesItsTransactionAlong_IsTold_AndTheNextIsStored()
    {
        JournalTables.EnsureFile(Store);
        Execute("CREATE TRIGGER broken BEFORE INSERT ON journal WHEN NEW.writer_uuid = 'broken' BEGIN SELECT RAISE(ROLLBACK, 'broken'); END");
        var writer = new JournalWriter(Store);
        await StoredAsync(writer, Row(1));

        var fault = await Assert.ThrowsAsync<SqliteException>(() => StoredAsync(writer, Row(2) with { Writer = "broken" }));
        Assert.Contains("broken", fault.Message, StringComparison.Ordinal);
        await StoredAsync(writer, Row(2));

        Assert.Equal(2, Count());
        writer.Complete();
    }

    [Fact]
    public async Task Write_NumberIsTaken_IsRefusedAlone()
    {
        JournalTables.EnsureFile(Store);
        var writer = new JournalWriter(Store);
        await StoredAsync(writer, Row(1));

        await Task.WhenAll(StoredAsync(writer, Row(2)), RefusedAsync(writer, Row(3), Row(1)), StoredAsync(writer, Row(4)));

        Assert.Equal(3, Count());
        writer.Complete();
    }

    private static JournalRow Row(int number) => new(1, "film", number, [1], "m", 1, "writer");

    private static Task StoredAsync(JournalWriter writer, params JournalRow[] rows) => writer.WriteAsync([.. rows]).WaitAsync(TestFarm.Patience);

    private static async Task RefusedAsync(JournalWriter writer, params JournalRow[] rows) =>
        _ = await Assert.ThrowsAsync<SqliteException>(() => StoredAsync(writer, rows));

    private long Count() => (long)Execute("SELECT COUNT(*) FROM journal")!;

    private object? Execute(string sql)
    {
        using var connection = new SqliteConnection(Store.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
