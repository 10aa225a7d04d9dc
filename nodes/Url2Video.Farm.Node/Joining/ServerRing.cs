using System.Collections.Immutable;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Node.Joining;

/// <summary>Which server is next: after a broken link another one first, at once; then slower and slower, with jitter. One user at a time.</summary>
/// <param name="given">The URL the node was started with: always a member, because it may be a load balancer that outlives every server.</param>
internal sealed class ServerRing(Uri given, bool allowInsecure, Random random)
{
    private const int ServersMax = 64;

    private ImmutableArray<Uri> _all = [given];
    private int _next;
    private int _failures;

    public void Learn(IEnumerable<string> urls)
    {
        var learnt = urls.Take(ServersMax).Select(Parse).OfType<Uri>();
        _all = [.. learnt.Append(given).Distinct()];
    }

    public Uri Next() => _all[_next++ % _all.Length];

    public void Succeeded() => _failures = 0;

    /// <summary>How long to wait before the next server: nothing while there are others that were not tried since the last success.</summary>
    public TimeSpan Failed()
    {
        _failures++;
        var rounds = _failures / _all.Length;
        var millis = rounds == 0 ? 0 : Math.Min(Limits.LinkBackoffMillisMax, (long)Limits.LinkBackoffMillis << Math.Min(rounds - 1, 10));
        return TimeSpan.FromMilliseconds(millis * (0.5 + (random.NextDouble() / 2)));
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
