using Microsoft.Extensions.Logging;

namespace Url2Video.Farm.Node.Logs;

/// <summary>Takes what is logged while an attempt runs to that attempt's log as well.</summary>
internal sealed class AttemptLogProvider : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Category();

    public void Dispose()
    {
    }

    private sealed class Category : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and not LogLevel.None && AttemptLog.Current is not null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                var text = formatter(state, exception);
                AttemptLog.Current?.Write(
                    logLevel switch { LogLevel.Information => "INF", LogLevel.Warning => "WRN", _ => "ERR" },
                    exception is null ? text : $"{text} {exception.GetType().Name}: {exception.Message}");
            }
        }
    }
}
