using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Store.Maintenance;

/// <summary>
/// Rows of one table, a line each: a JSON array of its values, bytes as <c>{"b64": "…"}</c>. The first line names the columns. The same on both
/// stores, so that a backup of one may be restored into the other.
/// </summary>
internal static class RowFile
{
    public static async Task<(long Rows, string Sha256)> WriteAsync(string path, DbDataReader rows, Action<DbDataReader>? each, CancellationToken cancellation)
    {
        using var hash = SHA256.Create();
        var count = 0L;
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        await using (file.ConfigureAwait(false))
        {
            var hashing = new CryptoStream(file, hash, CryptoStreamMode.Write, leaveOpen: true);
            await using (hashing.ConfigureAwait(false))
            {
                var buffered = new BufferedStream(hashing, 1 << 16);
                await using (buffered.ConfigureAwait(false))
                {
                    Line(buffered, writer =>
                    {
                        for (var i = 0; i < rows.FieldCount; i++)
                        {
                            writer.WriteStringValue(rows.GetName(i));
                        }
                    });
                    while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
                    {
                        Line(buffered, writer => Values(writer, rows));
                        each?.Invoke(rows);
                        count++;
                    }
                }
            }

            file.Flush(flushToDisk: true);
        }

        return (count, Convert.ToHexStringLower(hash.Hash!));
    }

    /// <summary>The columns, then every row.</summary>
    public static async IAsyncEnumerable<object?[]> ReadAsync(string path)
    {
        using var reader = new StreamReader(path);
        while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            using var json = Parse(path, line);
            yield return [.. json.RootElement.EnumerateArray().Select(Value)];
        }
    }

    public static async Task<string> HashAsync(string path, CancellationToken cancellation)
    {
        var file = File.OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation).ConfigureAwait(false));
        }
    }

    private static JsonDocument Parse(string path, string line)
    {
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException fault)
        {
            throw new FarmException(ErrorCodes.Format, $"{Path.GetFileName(path)} of the backup is damaged: {fault.Message}", cause: fault);
        }
    }

    private static void Line(Stream to, Action<Utf8JsonWriter> values)
    {
        using (var writer = new Utf8JsonWriter(to))
        {
            writer.WriteStartArray();
            values(writer);
            writer.WriteEndArray();
        }

        to.WriteByte((byte)'\n');
    }

    private static void Values(Utf8JsonWriter writer, DbDataReader row)
    {
        for (var i = 0; i < row.FieldCount; i++)
        {
            switch (row.GetValue(i))
            {
                case DBNull:
                    writer.WriteNullValue();
                    break;
                case byte[] bytes:
                    writer.WriteStartObject();
                    writer.WriteBase64String("b64", bytes);
                    writer.WriteEndObject();
                    break;
                case string text:
                    writer.WriteStringValue(text);
                    break;
                case bool yes:
                    writer.WriteNumberValue(yes ? 1 : 0);
                    break;
                case double real:
                    writer.WriteNumberValue(real);
                    break;
                case var number:
                    writer.WriteNumberValue(Convert.ToInt64(number, CultureInfo.InvariantCulture));
                    break;
            }
        }
    }

    private static object? Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Object => json.GetProperty("b64").GetBytesFromBase64(),
        _ => json.TryGetInt64(out var whole) ? whole : json.GetDouble(),
    };
}
