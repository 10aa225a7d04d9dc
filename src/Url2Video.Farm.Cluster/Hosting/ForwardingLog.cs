using Microsoft.Extensions.Logging;

namespace Url2Video.Farm.Cluster.Hosting;

/// <summary>Passes log lines on to a factory that somebody else owns.</summary>
internal sealed class ForwardingLog(ILoggerFactory owner) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => owner.CreateLogger(categoryName);

    public void Dispose()
    {
        // The factory lives as long as its owner wants.
    }
}
