using System.Collections.Immutable;
using System.Globalization;

namespace Url2Video.Farm.Cluster.Membership;

/// <summary>One life of one server, as the others find it in farm_server. A restarted server is another row: its uid differs.</summary>
/// <param name="Address">Its Akka address.</param>
/// <param name="Url">Where clients and nodes reach it.</param>
/// <param name="StartedMs">By the clock of the database.</param>
/// <param name="SeenMs">By the clock of the database.</param>
internal sealed record ServerRow(string Address, int Uid, string Url, string Version, long StartedMs, long SeenMs)
{
    /// <summary>The key of its row.</summary>
    public string Id => IdOf(Address, Uid);

    public static string IdOf(string address, int uid) => string.Create(CultureInfo.InvariantCulture, $"{address}#{uid}");

    public static (string Address, int Uid) Split(string id)
    {
        var mark = id.LastIndexOf('#');
        return mark > 0 && int.TryParse(id.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var uid) ? (id[..mark], uid) : (id, 0);
    }
}

/// <summary>All servers that have a row, and what time it was in the database.</summary>
internal sealed record ServerRows(ImmutableArray<ServerRow> All, long NowMs)
{
    /// <summary>Seen lately, the oldest first.</summary>
    public IEnumerable<ServerRow> Live => All.Where(r => r.SeenMs > NowMs - (Core.Limits.ServerSeenSecondsMax * 1_000L)).OrderBy(r => r.StartedMs).ThenBy(r => r.Id, StringComparer.Ordinal);
}
