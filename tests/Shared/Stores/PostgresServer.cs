using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Url2Video.Farm.Cluster.Store;

namespace Url2Video.Farm.Tests.Stores;

/// <summary>
/// A real PostgreSQL of its own: private port, private folder, fsync on; ended with the object. PostgreSQL refuses to run as root, so
/// then it runs as the user that Debian's package made.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "postgres";
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly IReadOnlyList<string> _settings;
    private Process? _process;

    private PostgresServer(string folder, int port, IReadOnlyList<string> settings) => (_folder, Port, _settings) = (folder, port, settings);

    public int Port { get; }

    /// <summary>Process id of the postmaster, for whoever wants to hurt it.</summary>
    public int ProcessId => _process!.Id;

    public string Folder => _folder;

    /// <summary>Null: this machine has it. Else why a test must be skipped.</summary>
    public static string? Missing => BinDir is null ? "PostgreSQL is not installed (apt-get install postgresql)." : null;

    public static string? BinDir { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql")
            .Where(d => File.Exists(Path.Combine(d, "bin", "postgres")))
            .OrderByDescending(d => int.Parse(Path.GetFileName(d), CultureInfo.InvariantCulture))
            .Select(d => Path.Combine(d, "bin"))
            .FirstOrDefault()
        : null;

    /// <param name="settings">More of <c>name=value</c>.</param>
    public static async Task<PostgresServer> StartAsync(params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("farm-pg-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", [User, folder]);
        }

        var server = new PostgresServer(folder, FreePort(), settings);
        await RunAsServerAsync("initdb", ["-D", server.DataDir, "-U", "farm", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C"]);
        await server.StartAsync();
        return server;
    }

    /// <summary>A new, empty database.</summary>
    public async Task<StoreUrl> CreateDatabaseAsync()
    {
        var name = "farm_" + Guid.NewGuid().ToString("N");
        await using var connection = new NpgsqlConnection(StoreUrl.Parse(UrlOf("postgres")).ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"CREATE DATABASE {name}";
        await command.ExecuteNonQueryAsync();
        return StoreUrl.Parse(UrlOf(name));
    }

    public string UrlOf(string database) => $"postgres://farm@127.0.0.1:{Port}/{database}";

    public string DataDir => Path.Combine(_folder, "data");

    /// <summary>Starts (again, after a crash it recovers) and waits until it answers.</summary>
    public async Task StartAsync()
    {
        var start = AsServer("postgres", [
            "-D", DataDir, "-p", Port.ToString(CultureInfo.InvariantCulture), "-k", _folder, "-c", "listen_addresses=127.0.0.1",
            "-c", "shared_buffers=128MB", "-c", "max_connections=200", .. _settings.SelectMany(s => new[] { "-c", s })]);
        (start.RedirectStandardError, start.RedirectStandardOutput) = (true, true);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await WaitReadyAsync();
    }

    /// <summary>As a power cut would: nothing is said to anybody.</summary>
    public async Task CrashAsync()
    {
        // The postmaster's children end by themselves when it is gone; waiting for the port tells when.
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Starts after a crash; what the dead server's children still hold may make the first tries fail.</summary>
    public async Task RecoverAsync()
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await StartAsync();
                return;
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException && watch.Elapsed < ReadyWithin)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>A copy that follows this server; from then on a commit here waits until it is on the disk there.</summary>
    public async Task<PostgresServer> StandbyAsync()
    {
        var folder = Directory.CreateTempSubdirectory("farm-pg-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", [User, folder]);
        }

        var standby = new PostgresServer(folder, FreePort(), _settings);
        await RunAsServerAsync("pg_basebackup", [
            "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", "farm", "-D", standby.DataDir, "-R", "-X", "stream", "--checkpoint=fast"]);
        await standby.StartAsync();
        await AskAsync("ALTER SYSTEM SET synchronous_standby_names = '*'");
        await AskAsync("SELECT pg_reload_conf()");
        var watch = Stopwatch.StartNew();
        while (await AskAsync("SELECT COUNT(*) FROM pg_stat_replication WHERE sync_state = 'sync'") is not 1L)
        {
            await Task.Delay(watch.Elapsed < ReadyWithin ? 50 : throw new TimeoutException("The standby does not follow."));
        }

        return standby;
    }

    /// <summary>From here on this standby is the server.</summary>
    public Task PromoteAsync() => RunAsServerAsync("pg_ctl", ["promote", "-D", DataDir, "-w"]);

    private async Task<object?> AskAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(StoreUrl.Parse(UrlOf("postgres")).ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Orderly and quick: open transactions are rolled back.</summary>
    public async Task StopAsync()
    {
        if (_process is { HasExited: false })
        {
            await RunAsServerAsync("pg_ctl", ["stop", "-D", DataDir, "-m", "fast", "-w"]);
            await _process.WaitForExitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_process is { HasExited: false })
        {
            await RunAsServerAsync("pg_ctl", ["stop", "-D", DataDir, "-m", "immediate", "-w"]);
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task WaitReadyAsync()
    {
        var watch = Stopwatch.StartNew();
        var connection = StoreUrl.Parse(UrlOf("postgres")).ConnectionString + ";Pooling=false;Timeout=2";
        while (true)
        {
            try
            {
                await using var probe = new NpgsqlConnection(connection);
                await probe.OpenAsync();
                return;
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException && watch.Elapsed < ReadyWithin && !_process!.HasExited)
            {
                await Task.Delay(50); // Its only sign is that it answers.
            }
        }
    }

    public static async Task RunAsServerAsync(string program, string[] arguments)
    {
        using var process = Process.Start(Quiet(AsServer(program, arguments)))!;
        await FinishAsync(process, program);
    }

    private static async Task RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(Quiet(new ProcessStartInfo(program, arguments)))!;
        await FinishAsync(process, program);
    }

    private static async Task FinishAsync(Process process, string program)
    {
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program}: {await output}{await errors}");
        }
    }

    private static ProcessStartInfo Quiet(ProcessStartInfo start)
    {
        (start.RedirectStandardError, start.RedirectStandardOutput) = (true, true);
        return start;
    }

    // setpriv becomes the program, so that the process id is the postmaster's own.
    private static ProcessStartInfo AsServer(string program, IEnumerable<string> arguments)
    {
        var path = Path.Combine(BinDir!, program);
        return Environment.IsPrivilegedProcess
            ? new ProcessStartInfo("setpriv", ["--reuid", User, "--regid", User, "--init-groups", path, .. arguments]) { WorkingDirectory = "/" }
            : new ProcessStartInfo(path, arguments) { WorkingDirectory = "/" };
    }
}
