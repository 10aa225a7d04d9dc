using System.Collections.Immutable;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Node.Joining;

/// <summary>Which server is next: after a broken link another one first, at once; then slower and slower, with jitter. Safe for any thread.</summary>
/// <param name="given">The URL the node was started with: always a member, because it may be a load balancer that outlives every server.</param>
internal sealed class ServerRing(Uri given, bool allowInsecure, Random random)
{
    private const int ServersMax = 64;

    private readonly Lock _gate = new();
    private ImmutableArray<Uri> _all = [given];
    private int _next;
    private int _failures;

    public void Learn(IEnumerable<string> urls)
    {
        ImmutableArray<Uri> learnt = [.. urls.Take(ServersMax).Select(Parse).OfType<Uri>().Append(given).Distinct()];
        lock (_gate)
        {
            _all = learnt;
        }
    }

    public Uri Next()
    {
        lock (_gate)
        {
            _next = (_next + 1) % _all.Length;
            return _all[_next];
        }
    }

    public void Succeeded()
    {
        lock (_gate)
        {
            _failures = 0;
        }
    }

    /// <summary>How long to wait before the next server: nothing while there are others that were not tried since the last success.</summary>
    public TimeSpan Failed()
    {
        lock (_gate)
        {
            var rounds = ++_failures / _all.Length;
            var millis = rounds == 0 ? 0 : Math.Min(Limits.LinkBackoffMillisMax, (long)Limits.LinkBackoffMillis << Math.Min(rounds - 1, 10));
            return TimeSpan.FromMilliseconds(millis * (0.5 + (random.NextDouble() / 2)));
        }
    }

    // A farm that is reached by https is not spoken to in clear because a server says so.
    private Uri? Parse(string url)
    {
        try
        {
            return ServerTrust.Check(url, allowInsecure && given.Scheme == Uri.UriSchemeHttp) is var uri && (uri.Scheme == Uri.UriSchemeHttps || given.Scheme == Uri.UriSchemeHttp) ? uri : null;
        }
        catch (Core.Errors.FarmException)
        {
            return null;
        }
    }
}
