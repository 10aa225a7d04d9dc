using Microsoft.Data.Sqlite;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Persistence;

/// <summary>What people can do about a journal that cannot be written.</summary>
internal static class JournalFaults
{
    private const int SqliteReadOnly = 8;
    private const int SqliteIoError = 10;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;

    public static FarmError Translate(Exception fault) => Innermost(fault) switch
    {
        SqliteException { SqliteErrorCode: SqliteFull } => new(
            ErrorCodes.DiskFull, "The journal cannot be written: the disk of the data folder is full.", "Free some space, then resume.", Retryable: true),
        SqliteException { SqliteErrorCode: SqliteReadOnly or SqliteCannotOpen } => new(
            ErrorCodes.NotWritable, "The journal cannot be written: no permission in the data folder.", "Change its permissions, then resume.", Retryable: true),
        SqliteException { SqliteErrorCode: SqliteIoError } io => new(
            ErrorCodes.Internal, $"The journal cannot be written: {io.Message}", "Check the disk, then resume.", Retryable: true),
        var other => new(ErrorCodes.Internal, $"The journal cannot be written now: {other.Message}", Retryable: true),
    };

    private static Exception Innermost(Exception fault) => fault is AggregateException || fault.InnerException is SqliteException
        ? Innermost(fault.InnerException!)
        : fault;
}
