using LinqToDB.Data;
using Microsoft.Data.Sqlite;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Tests.Persistence;

public sealed class SqliteJournalTests : IDisposable
{
    private const long Full = 2;

    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public void Connections_NewAndPooled_WriteAheadWithFullSync()
    {
        var options = SqliteJournal.Options(StoreUrl.OfFile(_folder["journal.db"]).ConnectionString);
        foreach (var _ in Enumerable.Range(0, 3))
        {
            using var first = new DataConnection(options);
            using var second = new DataConnection(options);
            foreach (var connection in new[] { first, second })
            {
                Assert.Equal("wal", connection.Execute<string>("PRAGMA journal_mode"));
                Assert.Equal(Full, connection.Execute<long>("PRAGMA synchronous"));
            }
        }
    }

    [Theory]
    [InlineData(13, ErrorCodes.DiskFull)]
    [InlineData(8, ErrorCodes.NotWritable)]
    [InlineData(14, ErrorCodes.NotWritable)]
    [InlineData(10, ErrorCodes.Internal)]
    [InlineData(5, ErrorCodes.Internal)]
    public void Translate_FaultOfTheDatabase_SaysWhatPeopleCanDo(int sqliteCode, string code)
    {
        var fault = new AggregateException(new InvalidOperationException("write failed", new SqliteException("x", sqliteCode)));

        var error = JournalFaults.Translate(fault);

        Assert.Equal((code, true), (error.Code, error.Retryable));
    }
}
