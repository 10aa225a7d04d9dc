using System.Diagnostics;

namespace Url2Video.Farm.Cli.Local;

/// <summary>What a process of the local farm is.</summary>
internal enum FarmProcessKind
{
    Server,
    Node,
}

/// <summary>
/// One process of the local farm with its log file. When it ends without being told to, it is started again after a pause that grows, as a
/// service manager would do.
/// </summary>
internal sealed class FarmProcess : IDisposable
{
    private static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RunsWell = TimeSpan.FromSeconds(30);

    private readonly IReadOnlyList<string> _arguments;
    private readonly IReadOnlyList<string> _prefix;
    private readonly Action<FarmProcess, string> _onNews;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private readonly StreamWriter _log;
    private Process? _process;
    private TimeSpan _pause = PauseMin;
    private bool _isWanted;
    private long _startedAt;

    /// <param name="prefix">Command that runs the program and becomes it (see <see cref="NetworkLab.Enter"/>); empty for none.</param>
    /// <param name="onNews">Told in one sentence what happened to the process. Called from any thread.</param>
    public FarmProcess(
        string name,
        FarmProcessKind kind,
        IReadOnlyList<string> arguments,
        IReadOnlyList<string> prefix,
        string logFile,
        Action<FarmProcess, string> onNews,
        TimeProvider clock)
    {
        (Name, Kind, LogFile, _arguments, _prefix, _onNews, _clock) = (name, kind, logFile, arguments, prefix, onNews, clock);
        _log = new StreamWriter(new FileStream(logFile, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
    }

    public string Name { get; }

    public FarmProcessKind Kind { get; }

    public string LogFile { get; }

    /// <summary>Times it ended without being told to.</summary>
    public int Crashes { get; private set; }

    /// <summary>Null while it does not run.</summary>
    public int? ProcessId
    {
        get
        {
            lock (_gate)
            {
                return _process is { HasExited: false } running ? running.Id : null;
            }
        }
    }

    /// <summary>The command that starts it from now on, without arguments: the program of this process, or another version of it.</summary>
    public IReadOnlyList<string> Program { get; set; } = ThisProgram();

    /// <summary>False: it stays dead after its next end, until <see cref="Start"/>.</summary>
    public bool Restarts { get; set; } = true;

    public void Start()
    {
        lock (_gate)
        {
            _isWanted = true;
            if (_process is not { HasExited: false })
            {
                Launch();
            }
        }
    }

    /// <returns>False when it does not run.</returns>
    public bool Signal(int signal) => ProcessId is { } id && Signals.Send(id, signal);

    /// <summary>Asks it to end, and ends it when it does not.</summary>
    /// <returns>Exit status; null when it had to be killed or did not run.</returns>
    public async Task<int?> StopAsync(TimeSpan patience)
    {
        Process? process;
        lock (_gate)
        {
            _isWanted = false;
            process = _process;
        }

        if (process is null || process.HasExited)
        {
            return null;
        }

        Signals.Send(process.Id, Signals.Continue); // One that was stopped would never hear the other.
        Signals.Send(process.Id, Signals.Terminate);
        using var limit = new CancellationTokenSource(patience, _clock);
        try
        {
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            return null;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isWanted = false;
            _process?.Dispose();
            _log.Dispose();
        }
    }

    private void Launch()
    {
        string[] line = [.. _prefix, .. Program, .. _arguments];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Write(line.Data);
        process.ErrorDataReceived += (_, line) => Write(line.Data);
        process.Exited += (_, _) => OnExited(process);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        (_process, _startedAt) = (process, _clock.GetTimestamp());
    }

    private void OnExited(Process process)
    {
        TimeSpan pause;
        lock (_gate)
        {
            if (!_isWanted || _process != process)
            {
                return;
            }

            Crashes++;
            _pause = _clock.GetElapsedTime(_startedAt) > RunsWell ? PauseMin : TimeSpan.FromTicks(Math.Min(PauseMax.Ticks, _pause.Ticks * 2));
            pause = _pause;
        }

        _onNews(this, $"{Name} ended with status {process.ExitCode}{(Restarts ? "; it is started again" : "")}");
        if (Restarts)
        {
            _ = StartLaterAsync(pause);
        }
    }

    private async Task StartLaterAsync(TimeSpan pause)
    {
        await Task.Delay(pause, _clock).ConfigureAwait(false);
        lock (_gate)
        {
            if (_isWanted && Restarts && _process is { HasExited: true })
            {
                Launch();
            }
        }
    }

    private void Write(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_log)
        {
            try
            {
                _log.WriteLine(line);
            }
            catch (ObjectDisposedException)
            {
                // Its last words came after the farm was put away.
            }
        }
    }

    // The same program that runs now: by its host when it was published with one, else by dotnet. A test or a benchmark is another program
    // and has this one beside it.
    internal static string[] ThisProgram()
    {
        var (path, library) = (Environment.ProcessPath ?? "dotnet", Path.Combine(AppContext.BaseDirectory, "url2video.dll"));
        return Path.GetFileNameWithoutExtension(path) switch
        {
            "dotnet" => [path, library],
            "url2video" => [path],
            _ when File.Exists(library) => ["dotnet", library],
            _ => [path],
        };
    }
}
