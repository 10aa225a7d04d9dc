using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Event;
using Microsoft.Extensions.Logging;
using AkkaLogLevel = Akka.Event.LogLevel;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Url2Video.Farm.Cluster.Hosting;

/// <summary>Hands the <see cref="ILoggerFactory"/> of a process to its <see cref="FarmLogger"/>.</summary>
internal sealed class FarmLoggerSetup(ILoggerFactory logging) : Setup
{
    public ILoggerFactory Logging { get; } = logging;
}

/// <summary>Takes Akka's log events to the logging of the process.</summary>
internal sealed class FarmLogger : ReceiveActor
{
    private readonly ILoggerFactory _logging;
    private readonly Dictionary<string, ILogger> _bySource = new(StringComparer.Ordinal);

    public FarmLogger()
    {
        var setup = Context.System.Settings.Setup.Get<FarmLoggerSetup>();
        _logging = setup.HasValue ? setup.Value.Logging : LoggerFactory.Create(static _ => { });
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        Receive<LogEvent>(Write);
    }

    public static string AkkaLevel(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "DEBUG",
        LogLevel.Information => "INFO",
        LogLevel.Warning => "WARNING",
        LogLevel.None => "OFF",
        _ => "ERROR",
    };

    private void Write(LogEvent line)
    {
        var source = line.LogClass?.Name ?? "Akka";
        if (!_bySource.TryGetValue(source, out var logger))
        {
            _bySource[source] = logger = _logging.CreateLogger(source);
        }

        var level = line.LogLevel() switch
        {
            AkkaLogLevel.DebugLevel => LogLevel.Debug,
            AkkaLogLevel.InfoLevel => LogLevel.Information,
            AkkaLogLevel.WarningLevel => LogLevel.Warning,
            _ => LogLevel.Error,
        };
        logger.Log(level, line.Cause, "{Source}: {Message}", line.LogSource, line.Message?.ToString());
    }
}
