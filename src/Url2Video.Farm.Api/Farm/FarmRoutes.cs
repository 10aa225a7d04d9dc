namespace Url2Video.Farm.Api.Farm;

/// <summary>
/// Every address of the operators' part of the API, in one place: the modules map them and the console calls them. Reads need
/// <see cref="Hosting.Scopes.FarmRead"/>, changes <see cref="Hosting.Scopes.FarmAdmin"/>. Job names hold a slash and so come last, as <c>{**job}</c>.
/// </summary>
internal static class FarmRoutes
{
    public const string Root = "/api/v2/farm";

    public const string Members = Root + "/cluster/members";
    public const string Status = Root + "/cluster/status";
    public const string Leader = Root + "/cluster/leader";
    public const string Join = Root + "/cluster/join";
    public const string Leave = Root + "/cluster/leave";
    public const string Down = Root + "/cluster/down";

    /// <summary>Server-sent events of the membership.</summary>
    public const string ClusterEvents = Root + "/cluster/events";

    public const string Regions = Root + "/shards";
    public const string RegionStats = Root + "/shards/{region}/stats";
    public const string Locate = Root + "/shards/locate/{project}";

    public const string Actor = Root + "/actors/{project}";
    public const string ActorEvents = Root + "/actors/{project}/events";
    public const string ActorReplay = Root + "/actors/{project}/replay";

    public const string Nodes = Root + "/nodes";
    public const string Node = Root + "/nodes/{node}";

    /// <summary>POST with one of the verbs drain, resume, quarantine, pardon, revoke.</summary>
    public const string NodeVerb = Root + "/nodes/{node}/{verb}";
    public const string NodeSchedule = Root + "/nodes/{node}/schedule";
    public const string JoinTokens = Root + "/join-tokens";
    public const string JoinToken = Root + "/join-tokens/{token}";

    public const string Projects = Root + "/projects";
    public const string Project = Root + "/projects/{project}";

    /// <summary>POST with one of the verbs pause, resume, cancel, retry.</summary>
    public const string ProjectVerb = Root + "/projects/{project}/{verb}";
    public const string ProjectPriority = Root + "/projects/{project}/priority";

    public const string Jobs = Root + "/jobs/{project}";
    public const string JobWhy = Root + "/job-why/{project}/{**job}";
    public const string JobLog = Root + "/job-log/{project}/{**job}";
    public const string JobRetry = Root + "/job-retry/{project}/{**job}";
    public const string JobKill = Root + "/job-kill/{project}/{**job}";

    public const string Queue = Root + "/queue";
    public const string LimitsOfFarm = Root + "/limits";
    public const string Limit = Root + "/limits/{name}";
    public const string Tenants = Root + "/tenants";
    public const string Tenant = Root + "/tenants/{name}";

    public const string DeadLetters = Root + "/dead-letters";
    public const string DeadLettersOf = Root + "/dead-letters/{project}";

    public const string Cost = Root + "/cost";

    /// <summary>Server-sent events: what every project's journal gains, with the journal's own order as event id.</summary>
    public const string Events = Root + "/events";
    public const string StoreCheck = Root + "/store/check";
    public const string StoreGc = Root + "/store/gc";

    /// <summary>The address with its placeholders filled in, each value escaped; slashes of a job name stay.</summary>
    public static string Fill(string route, params ReadOnlySpan<(string Name, string Value)> values)
    {
        foreach (var (name, value) in values)
        {
            var escaped = Uri.EscapeDataString(value);
            route = route
                .Replace("{" + name + "}", escaped, StringComparison.Ordinal)
                .Replace("{**" + name + "}", escaped.Replace("%2F", "/", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        return route;
    }
}
