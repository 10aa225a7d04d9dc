using System.Net;
using Url2Video.Farm.Content.Web;

namespace Url2Video.Farm.Content.Tests.Support;

/// <summary>Answers each question with the next of its answers, as a rebinding name server does; the last one stays.</summary>
internal sealed class LyingResolver(params IReadOnlyList<IPAddress>[] answers) : IHostResolver
{
    private int _asked;

    public int Asked => _asked;

    public ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellation) =>
        ValueTask.FromResult(answers[Math.Min(Interlocked.Increment(ref _asked), answers.Length) - 1]);
}

/// <summary>Knows a few names; literals are themselves, and localhost is where it always is.</summary>
internal sealed class MapResolver(params (string Host, string Address)[] known) : IHostResolver
{
    public ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellation)
    {
        var address = known.FirstOrDefault(k => k.Host == host).Address ?? (host == "localhost" ? "127.0.0.1" : host);
        return ValueTask.FromResult<IReadOnlyList<IPAddress>>(IPAddress.TryParse(address, out var parsed) ? [parsed] : []);
    }
}
