using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Cluster.Persistence.Files;

/// <summary>
/// The one writer of a journal: what came while a commit waited for the disk goes into the next one together. A write is stored whole or not at all, and one that
/// is refused takes none of the others with it. Safe for any thread.
/// </summary>
internal sealed class JournalWriter
{
    private const int ConstraintFailed = 19;

    private readonly StoreUrl _store;
    private readonly Channel<Write> _queue = Channel.CreateBounded<Write>(new BoundedChannelOptions(Limits.JournalWritesQueuedMax) { SingleReader = true });

    public JournalWriter(StoreUrl store)
    {
        _store = store;
        _ = Task.Run(RunAsync);
    }

    /// <summary>Completes when all rows are stored; none: when all that was given before is stored or refused.</summary>
    /// <exception cref="SqliteException">None of the rows is stored; or nobody knows.</exception>
    public async Task WriteAsync(ImmutableArray<JournalRow> rows)
    {
        var write = new Write(rows);
        await _queue.Writer.WriteAsync(write).ConfigureAwait(false);
        await write.Done.Task.ConfigureAwait(false);
    }

    /// <summary>Takes no more. What was given is still written, and then the file is closed.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    private async Task RunAsync()
    {
        JournalInsert? insert = null;
        var batch = new List<Write>();
        try
        {
            while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                batch.Clear();
                for (var rows = 0; rows < Limits.JournalRowsPerCommitMax && _queue.Reader.TryRead(out var write); rows += write.Rows.Length)
                {
                    batch.Add(write);
                }

                insert = Store(batch, insert);
            }
        }
        catch (Exception fault)
        {
            Fail(batch, fault); // Nobody would ever answer them: an actor that waits for its journal would wait for ever.
        }

        Close(insert);
    }

    /// <returns>What the next batch is stored with; null: nothing that could be trusted.</returns>
    private JournalInsert? Store(List<Write> batch, JournalInsert? insert)
    {
        try
        {
            var refused = new Exception?[batch.Count];
            if (batch.Exists(w => !w.Rows.IsEmpty))
            {
                insert ??= new JournalInsert(_store);
                using var transaction = insert.Begin();
                for (var i = 0; i < batch.Count; i++)
                {
                    refused[i] = Add(batch[i], insert, transaction);
                }

                transaction.Commit();
            }

            for (var i = 0; i < batch.Count; i++)
            {
                _ = refused[i] is { } fault ? batch[i].Done.TrySetException(fault) : batch[i].Done.TrySetResult();
            }

            return insert;
        }
        catch (Exception fault)
        {
            Close(insert);
            batch.ForEach(w => w.Done.TrySetException(fault)); // Whoever waits is told, and nobody else is there to tell.
            return null;
        }
    }

    // The last resort: those of the batch, those that wait, and whoever comes later.
    private void Fail(List<Write> batch, Exception fault)
    {
        _queue.Writer.TryComplete(fault);
        batch.ForEach(w => w.Done.TrySetException(fault));
        while (_queue.Reader.TryRead(out var write))
        {
            write.Done.TrySetException(fault);
        }
    }

    // To close a connection may end a transaction, which a broken disk refuses: there is nothing left to lose on it.
    private static void Close(JournalInsert? insert)
    {
        try
        {
            insert?.Dispose();
        }
        catch (Exception fault) when (fault is SqliteException or InvalidOperationException)
        {
            // The connection is not used again.
        }
    }

    // One that another writer was quicker with is refused: its numbers are taken.
    private static SqliteException? Add(Write write, JournalInsert insert, SqliteTransaction transaction)
    {
        const string Point = "write";
        transaction.Save(Point);
        try
        {
            foreach (var row in write.Rows)
            {
                insert.Add(row);
            }

            transaction.Release(Point);
            return null;
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode == ConstraintFailed && TryGoBack(transaction, Point))
        {
            return fault;
        }
    }

    // False: the whole transaction went with the statement. That is what is told then, not that there is nothing to go back to.
    private static bool TryGoBack(SqliteTransaction transaction, string point)
    {
        try
        {
            transaction.Rollback(point);
            transaction.Release(point);
            return true;
        }
        catch (Exception fault) when (fault is SqliteException or InvalidOperationException)
        {
            return false;
        }
    }

    private sealed record Write(ImmutableArray<JournalRow> Rows)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
