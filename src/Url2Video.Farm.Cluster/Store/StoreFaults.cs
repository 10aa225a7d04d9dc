using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Store;

internal static class StoreFaults
{
    public static FarmException Unreachable(StoreUrl store, Exception cause) => new(
        ErrorCodes.StoreUnreachable,
        $"The store {store} cannot be used: {cause.Message}",
        "Check that the database runs, that the address is right and that the user may create tables.",
        retryable: true,
        cause);

    /// <summary>Whether it may pass when the database is back.</summary>
    public static bool IsOne(Exception fault) =>
        fault is System.Data.Common.DbException or TimeoutException or IOException or System.Net.Sockets.SocketException;
}
