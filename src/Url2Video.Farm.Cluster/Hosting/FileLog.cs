using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Url2Video.Farm.Cluster.Hosting;

/// <summary>Writes log lines to one file. The file is cut when it grows past <see cref="BytesMax"/>: the older half is one generation back.</summary>
internal sealed class FileLog(string path, LogLevel level, TimeProvider clock) : ILoggerProvider
{
    private const long BytesMax = 16 * 1024 * 1024;

    private readonly Lock _gate = new();
    private FileStream? _file;

    private LogLevel Level { get; } = level;

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose()
    {
        lock (_gate)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private void Write(LogLevel lineLevel, string category, string text, Exception? exception)
    {
        lock (_gate)
        {
            try
            {
                var line = string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {Short(lineLevel)} {category} {text}\n");
                _file ??= Open();
                _file.Write(Encoding.UTF8.GetBytes(exception is null ? line : $"{line}{exception}\n"));
                if (_file.Position > BytesMax)
                {
                    _file.Dispose();
                    _file = null; // The next line opens a new one.
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                // A full disk must not stop the work for the sake of its log.
            }
        }
    }

    // Unbuffered: a line is there when it is said, and closing has nothing left to write to a disk that may be full.
    private FileStream Open()
    {
        if (new FileInfo(path) is { Exists: true, Length: > BytesMax })
        {
            File.Move(path, path + ".1", overwrite: true);
        }

        return new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
    }

    private static string Short(LogLevel level) => level switch
    {
        LogLevel.Trace => "TRC",
        LogLevel.Debug => "DBG",
        LogLevel.Information => "INF",
        LogLevel.Warning => "WRN",
        _ => "ERR",
    };

    private sealed class Category(FileLog log, string name) : ILogger
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
