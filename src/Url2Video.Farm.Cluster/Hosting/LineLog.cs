using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Url2Video.Farm.Cluster.Hosting;

/// <summary>A log whose lines all go one way, from a level on; scopes say nothing.</summary>
internal abstract class LineLog(LogLevel level) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName, level);

    public abstract void Dispose();

    /// <summary>Called from any thread.</summary>
    protected abstract void Write(LogLevel lineLevel, string category, string text, Exception? exception);

    /// <summary>A line for people, without its end; the exception, if any, on lines of its own.</summary>
    protected static string Format(DateTimeOffset now, LogLevel lineLevel, string category, string text, Exception? exception)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{now:yyyy-MM-ddTHH:mm:ss.fffZ} {Short(lineLevel)} {category} {text}");
        return exception is null ? line : $"{line}\n{exception}";
    }

    private static string Short(LogLevel level) => level switch
    {
        LogLevel.Trace => "TRC",
        LogLevel.Debug => "DBG",
        LogLevel.Information => "INF",
        LogLevel.Warning => "WRN",
        _ => "ERR",
    };

    private sealed class Category(LineLog log, string name, LogLevel lowest) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= lowest && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                log.Write(logLevel, name, formatter(state, exception), exception);
            }
        }
    }
}
