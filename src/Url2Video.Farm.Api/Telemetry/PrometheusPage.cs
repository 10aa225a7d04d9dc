using Prometheus;
using Url2Video.Farm.Cluster.Telemetry;

namespace Url2Video.Farm.Api.Telemetry;

/// <summary>The figures of this process as Prometheus reads them. One registry a process: the instruments are the process's own.</summary>
internal static class PrometheusPage
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private static readonly double[] Buckets = [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60];

    private static readonly Lazy<CollectorRegistry> Registry = new(Create);

    public static Task WriteAsync(Stream to, CancellationToken cancellation) => Registry.Value.CollectAndExportAsTextAsync(to, cancellation);

    private static CollectorRegistry Create()
    {
        var registry = FarmMeters.Registry;
        DotNetStats.Register(registry);

        // What the web server says of itself; every other meter of the platform would be hundreds of series nobody looks at.
        var wanted = new HashSet<string>(StringComparer.Ordinal) { "http.server.request.duration", "http.server.active_requests", "kestrel.active_connections" };
        MeterAdapter.StartListening(new MeterAdapterOptions
        {
            Registry = registry,
            MetricFactory = Metrics.WithCustomRegistry(registry),
            MetricsExpireAfter = TimeSpan.FromHours(1),
            InstrumentFilterPredicate = instrument => wanted.Contains(instrument.Name),
            ResolveHistogramBuckets = _ => Buckets,
        });
        return registry;
    }
}
