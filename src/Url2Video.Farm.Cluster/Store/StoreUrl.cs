using Microsoft.Data.Sqlite;
using Npgsql;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Store;

public enum StoreKind
{
    /// <summary>One file, one process.</summary>
    Sqlite,

    /// <summary>Any number of servers.</summary>
    Postgres,
}

/// <summary>Where the farm keeps what is true: <c>postgres://user:password@host:port/database?sslmode=require</c> or <c>sqlite:PATH</c>.
/// With a standby: <c>?host=first:5432,second:5432&amp;targetsessionattributes=primary</c>.</summary>
/// <param name="ConnectionString">In the form of the provider. Holds the password: never logged, see <see cref="ToString"/>.</param>
public sealed record StoreUrl(StoreKind Kind, string ConnectionString)
{
    /// <exception cref="FarmException"><c>ERR_INVALID_ARGUMENT</c>.</exception>
    public static StoreUrl Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.StartsWith("sqlite:", StringComparison.Ordinal))
        {
            return OfFile(text["sqlite:".Length..]);
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("postgres" or "postgresql") || uri.AbsolutePath.Length < 2)
        {
            throw new FarmException(
                ErrorCodes.InvalidArgument, "The store is not a postgres:// or sqlite: address.", "Give postgres://user:password@host:5432/database, or sqlite:PATH.");
        }

        return new(StoreKind.Postgres, OfUri(uri));
    }

    public static StoreUrl OfFile(string path) => new(
        StoreKind.Sqlite,
        new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(path), Pooling = true, DefaultTimeout = 30 }.ToString());

    /// <summary>Without the password.</summary>
    public override string ToString() => Kind == StoreKind.Sqlite
        ? "sqlite:" + new SqliteConnectionStringBuilder(ConnectionString).DataSource
        : OfConnection(new NpgsqlConnectionStringBuilder(ConnectionString));

    private static string OfConnection(NpgsqlConnectionStringBuilder c) => $"postgres://{c.Username}@{c.Host}:{c.Port}/{c.Database}";

    private static string OfUri(Uri uri)
    {
        var user = uri.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.IsDefaultPort || uri.Port < 0 ? NpgsqlConnection.DefaultPort : uri.Port,
            Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]),
        };
        if (user[0].Length > 0)
        {
            builder.Username = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length > 1)
        {
            builder.Password = Uri.UnescapeDataString(user[1]);
        }

        // Options after the question mark are the provider's own (sslmode=require, host=/socket/folder).
        foreach (var option in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = option.Split('=', 2);
            try
            {
                builder[Uri.UnescapeDataString(parts[0])] = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : string.Empty;
            }
            catch (ArgumentException fault)
            {
                throw new FarmException(ErrorCodes.InvalidArgument, $"The store address has an option that PostgreSQL does not know: {parts[0]}.", cause: fault);
            }
        }

        if (builder.Host.Contains(',', StringComparison.Ordinal))
        {
            builder.HostRecheckSeconds = 1; // After this a server that was a standby is asked again whether it is one.
        }

        return builder.ConnectionString;
    }
}
