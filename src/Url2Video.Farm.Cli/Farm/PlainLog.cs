using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Url2Video.Farm.Cli.Farm;

/// <summary>Log lines for people, on one stream.</summary>
internal sealed class PlainLog(TextWriter to, LogLevel level, TimeProvider clock) : ILoggerProvider
{
    private LogLevel Level { get; } = level;

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose() => to.Flush();

    private void Write(LogLevel lineLevel, string category, string text, Exception? exception)
    {
        var word = lineLevel switch { LogLevel.Warning => "WRN", LogLevel.Error or LogLevel.Critical => "ERR", LogLevel.Information => "INF", _ => "DBG" };
        var line = string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {word} {category} {text}");
        lock (to)
        {
            to.WriteLine(exception is null ? line : $"{line}\n{exception}");
        }
    }

    private sealed class Category(PlainLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= log.Level && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                log.Write(logLevel, name, formatter(state, exception), exception);
            }
        }
    }
}
