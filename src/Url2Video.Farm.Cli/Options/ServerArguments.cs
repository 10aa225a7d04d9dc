using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Url2Video.Farm.Cli.Farm;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Options;

/// <summary>The options of <c>url2video server</c>, and their judgement.</summary>
internal sealed class ServerArguments
{
    private const string DefaultListen = "http://127.0.0.1:8080";
    private const int CopiesMax = 2;
    private const int KeyRequestsPerHourMin = 10;
    private const int KeyRequestsPerHourMax = 100_000_000;

    private readonly StoreOptions _store = new("postgres://user:password@host:5432/database, or sqlite:PATH for a farm of one server. Also URL2VIDEO_STORE. Default: SQLite in the data folder.");
    private readonly Option<string[]> _listen = new("--listen") { Description = $"http://HOST:PORT or https://HOST:PORT, * for every address; may be repeated. Default: {DefaultListen}" };
    private readonly Option<string?> _publicUrl = new("--public-url") { Description = "Where clients and nodes reach this server. Default: the first --listen address." };
    private readonly Option<string?> _clusterHost = new("--cluster-host") { Description = "Name or address under which the other servers reach this one. Default: 127.0.0.1" };
    private readonly Option<int> _clusterPort = new("--cluster-port") { Description = "Port of the traffic among servers (mutual TLS). Default: any free one." };
    private readonly Option<string?> _artifacts = new("--artifacts") { Description = "Folder of the artifacts. Default: artifacts in the data folder. Servers of one machine or with a shared disk may share it." };
    private readonly Option<int> _copies = new("--copies") { Description = "On how many servers a file lies before it counts as stored, 1 or 2. Default: 1; several servers without a shared folder want 2.", DefaultValueFactory = _ => 1 };
    private readonly Option<string?> _tlsCert = new("--tls-cert") { Description = "Certificate chain for https, PEM. Default: one of the farm's own authority, which nodes trust by their join token." };
    private readonly Option<string?> _tlsKey = new("--tls-key") { Description = "Its private key, PEM." };
    private readonly Option<string?> _adminKeyOut = new("--admin-key-out") { Description = "Where the first administrator's key is written. Default: admin.key in the data folder." };
    private readonly Option<string?> _joinTokenOut = new("--join-token-out") { Description = "Write a fresh join token for nodes to this file at each start." };
    private readonly Option<bool> _allowPrivate = new("--allow-private") { Description = "Let pages on private and loopback addresses be ordered (an intranet)." };
    private readonly Option<int> _keyRequests = new("--key-requests-per-hour")
    {
        Description = string.Create(CultureInfo.InvariantCulture, $"Requests that one key may make of this server in an hour; a tenth of them at once. Default: {Limits.KeyRequestsPerHourMax}"),
        DefaultValueFactory = _ => Limits.KeyRequestsPerHourMax,
    };

    private readonly Option<int> _keepDays = new("--keep-days")
    {
        Description = string.Create(CultureInfo.InvariantCulture, $"Days that logs of ended films and results for use again are kept. Default: {Limits.KeepDaysDefault}"),
        DefaultValueFactory = _ => Limits.KeepDaysDefault,
    };

    private readonly Option<int> _keepCostDays = new("--keep-cost-days")
    {
        Description = string.Create(CultureInfo.InvariantCulture, $"Days that costs are kept. Default: {Limits.KeepCostDaysDefault}"),
        DefaultValueFactory = _ => Limits.KeepCostDaysDefault,
    };

    private readonly Option<string> _logFormat = new("--log-format") { Description = "text or json. Default: text", DefaultValueFactory = _ => "text" };

    public void AddTo(Command command)
    {
        _logFormat.AcceptOnlyFromAmong("text", "json");
        foreach (var option in (Option[])
        [
            .. _store.All, _listen, _publicUrl, _clusterHost, _clusterPort, _artifacts, _copies, _tlsCert, _tlsKey, _adminKeyOut, _joinTokenOut, _allowPrivate, _keyRequests, _keepDays, _keepCostDays,
            _logFormat,
        ])
        {
            command.Options.Add(option);
        }
    }

    public bool LogsJson(ParseResult parsed) => parsed.GetValue(_logFormat) == "json";

    /// <exception cref="FarmException"><c>ERR_INVALID_ARGUMENT</c>.</exception>
    public ServerStart Read(ParseResult parsed, string dataDir)
    {
        var listen = parsed.GetValue(_listen) is { Length: > 0 } given ? given : [DefaultListen];
        return new ServerStart(_store.Find(parsed) ?? StoreUrl.OfFile(Path.Combine(dataDir, "farm.db")), dataDir, [.. listen.Select(Listen)], PublicUrl(parsed.GetValue(_publicUrl) ?? listen[0]))
        {
            ArtifactDir = Path.GetFullPath(parsed.GetValue(_artifacts) ?? Path.Combine(dataDir, "artifacts")),
            ClusterHost = parsed.GetValue(_clusterHost) ?? "127.0.0.1",
            ClusterPort = Within(parsed.GetValue(_clusterPort), 0, 65_535, "--cluster-port"),
            Copies = Within(parsed.GetValue(_copies), 1, CopiesMax, "--copies"),
            Tls = (parsed.GetValue(_tlsCert), parsed.GetValue(_tlsKey)) switch
            {
                (null, null) => null,
                ({ } certificate, { } key) => (certificate, key),
                _ => throw Bad("--tls-cert and --tls-key belong together.", "Give both or none."),
            },
            AdminKeyOut = parsed.GetValue(_adminKeyOut),
            JoinTokenOut = parsed.GetValue(_joinTokenOut),
            AllowPrivateAddresses = parsed.GetValue(_allowPrivate),
            KeyRequestsPerHour = Within(parsed.GetValue(_keyRequests), KeyRequestsPerHourMin, KeyRequestsPerHourMax, "--key-requests-per-hour"),
            Retention = new(
                Within(parsed.GetValue(_keepDays), 1, Limits.KeepDaysMax, "--keep-days"), Within(parsed.GetValue(_keepCostDays), 1, Limits.KeepDaysMax, "--keep-cost-days")),
            LogLevel = Environment.GetEnvironmentVariable("URL2VIDEO_DEBUG") is "1" ? LogLevel.Debug : LogLevel.Information,
        };
    }

    private static string Listen(string text) =>
        text.StartsWith("http://", StringComparison.Ordinal) || text.StartsWith("https://", StringComparison.Ordinal)
            ? text.TrimEnd('/')
            : throw Bad($"--listen {text} is no address.", "Give http://HOST:PORT or https://HOST:PORT.");

    private static Uri PublicUrl(string text) =>
        Uri.TryCreate(text.Replace("//*", "//localhost", StringComparison.Ordinal), UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw Bad($"--public-url {text} is no http address.", "Give https://HOST:PORT.");

    private static int Within(int value, int min, int max, string name) => value >= min && value <= max
        ? value
        : throw Bad(string.Create(CultureInfo.InvariantCulture, $"{name} {value} is not possible."), string.Create(CultureInfo.InvariantCulture, $"Give a whole number from {min} to {max}."));

    private static FarmException Bad(string message, string wayOut) => new(ErrorCodes.InvalidArgument, message, wayOut);
}
