using Url2Video.Farm.Content.Ingest;
using Url2Video.Farm.Content.Web;
using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Content;

/// <summary>
/// The work of an Ingest job: a source becomes a SourceDoc artifact with its images, or a checked storyboard. Safe for concurrent
/// use.
/// </summary>
public sealed class IngestService : IDisposable
{
    private readonly TimeProvider _time;

    // Made for pages and texts: a worker process that is given storyboards alone has no use for a client of HTTP.
    private readonly Lazy<GuardedFetcher> _fetcher;

    /// <param name="time">The clock of time-outs.</param>
    /// <param name="resolver">Names to addresses; null for the system's.</param>
    public IngestService(TimeProvider time, IHostResolver? resolver = null) => (_time, _fetcher) = (time, new(() => new GuardedFetcher(time, resolver)));

    /// <exception cref="Core.Errors.FarmException">Any refusal of the source, with its code; the artifacts stored so far are
    /// harmless.</exception>
    public async Task<JobResult.Ingested> IngestAsync(
        SourceSpec source, Brief brief, IArtifactIo io, IImageProbe probe, CancellationToken cancellation)
    {
        return source switch
        {
            SourceSpec.WebPage page => await Pages().WebAsync(page, cancellation),
            SourceSpec.PageBundle bundle => await Pages().BundleAsync(bundle, cancellation),
            SourceSpec.PlainText text => await Pages().TextAsync(text, cancellation),
            SourceSpec.StoryboardBundle storyboard => await StoryboardIngest.RunAsync(storyboard, brief, io, probe, cancellation),
            _ => throw new ArgumentOutOfRangeException(nameof(source), source, "A source of a kind that ingest does not know."),
        };

        PageIngest Pages() => new(_fetcher.Value, _time, io, probe);
    }

    public void Dispose()
    {
        if (_fetcher.IsValueCreated)
        {
            _fetcher.Value.Dispose();
        }
    }
}
