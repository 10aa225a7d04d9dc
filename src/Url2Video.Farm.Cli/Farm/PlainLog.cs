using Microsoft.Extensions.Logging;
using Url2Video.Farm.Cluster.Hosting;

namespace Url2Video.Farm.Cli.Farm;

/// <summary>Log lines for people, on one stream.</summary>
internal sealed class PlainLog(TextWriter to, LogLevel level, TimeProvider clock) : LineLog(level)
{
    public override void Dispose() => to.Flush();

    protected override void Write(LogLevel lineLevel, string category, string text, Exception? exception)
    {
        lock (to)
        {
            to.WriteLine(Format(clock.GetUtcNow(), lineLevel, category, text, exception));
        }
    }
}
