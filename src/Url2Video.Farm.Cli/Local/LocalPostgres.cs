using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using Url2Video.Farm.Cli.Farm;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Local;

/// <summary>
/// A PostgreSQL of the local farm's own: its data below the farm's folder, on a loopback port and a socket in that folder. Not for an
/// installation that matters: there, PostgreSQL is the operator's. PostgreSQL refuses to run as root, so root lends it to the user that
/// Debian's package made.
/// </summary>
internal sealed class LocalPostgres : IAsyncDisposable
{
    private const string DebianUser = "postgres";
    private const int PasswordBytes = 24;
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly string _bin;
    private readonly string _host;
    private readonly string _password;
    private Process? _process;
    private bool _wasCrashed;

    private LocalPostgres(string folder, string bin, string host, int port, string password) =>
        (_folder, _bin, _host, Port, _password) = (folder, bin, host, port, password);

    public int Port { get; }

    public int ProcessId => _process!.Id;

    public string Url => $"postgres://farm:{_password}@{_host}:{Port.ToString(CultureInfo.InvariantCulture)}/farm";

    /// <summary>Makes the database at the first start, and waits until it answers.</summary>
    /// <param name="host">Address to listen on, beside none other.</param>
    /// <param name="alsoFrom">Addresses beyond loopback that may connect, as a CIDR range; null for none.</param>
    /// <exception cref="FarmException"><c>ERR_STORE_UNREACHABLE</c>: PostgreSQL is not installed, or does not start.</exception>
    public static async Task<LocalPostgres> StartAsync(string folder, string host, int port, string? alsoFrom, CancellationToken cancellation)
    {
        // Who may log in as its owner may run programs as its user: other users of this machine must not.
        var programs = FindPrograms();
        Directory.CreateDirectory(folder);
        var passwordFile = Path.Combine(folder, "password");
        if (!File.Exists(passwordFile))
        {
            SecretFile.Write(passwordFile, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PasswordBytes)));
        }

        var server = new LocalPostgres(folder, programs, host, port, SecretFile.Read(passwordFile, "The password of the local PostgreSQL"));
        if (!File.Exists(Path.Combine(server.DataDir, "PG_VERSION")))
        {
            await server.OwnAsync(cancellation).ConfigureAwait(false);
            await server.RunAsync("initdb", ["-D", server.DataDir, "-U", "farm", "--auth=scram-sha-256", $"--pwfile={passwordFile}", "--encoding=UTF8", "--locale=C"], cancellation).ConfigureAwait(false);
        }

        if (alsoFrom is not null)
        {
            await File.AppendAllTextAsync(Path.Combine(server.DataDir, "pg_hba.conf"), $"host all all {alsoFrom} scram-sha-256\n", cancellation).ConfigureAwait(false);
        }

        await server.StartAsync(cancellation).ConfigureAwait(false);
        return server;
    }

    /// <summary>Starts, again after an end of any kind: it recovers by itself.</summary>
    public Task StartAsync(CancellationToken cancellation)
    {
        Launch();
        return WaitReadyAsync(cancellation);
    }

    /// <summary>As a power cut would.</summary>
    public async Task CrashAsync()
    {
        _wasCrashed = true;
        _process!.Kill();
        await _process.WaitForExitAsync().ConfigureAwait(false);
    }

    /// <summary>In order: open transactions are rolled back, nothing committed is lost.</summary>
    public async Task StopAsync()
    {
        if (_process is { HasExited: false })
        {
            await RunAsync("pg_ctl", ["stop", "-D", DataDir, "-m", "fast", "-w"], CancellationToken.None).ConfigureAwait(false);
            await _process.WaitForExitAsync().ConfigureAwait(false);
        }
    }

    /// <summary>A copy that follows this server, on a port of its own: from then on a commit here waits until it is on the disk there.</summary>
    /// <param name="folder">For its data; what is there is thrown away.</param>
    public async Task<LocalPostgres> FollowAsync(string folder, int port, CancellationToken cancellation)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        SecretFile.Write(Path.Combine(folder, "password"), _password);
        var standby = new LocalPostgres(folder, _bin, _host, port, _password);
        await standby.OwnAsync(cancellation).ConfigureAwait(false);
        await RunAsync(
            "pg_basebackup",
            ["-h", _host, "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", "farm", "-D", standby.DataDir, "-R", "-X", "stream", "--checkpoint=fast"],
            cancellation).ConfigureAwait(false);

        // What this server was told to wait for, its copy must not wait for when it is promoted.
        var settings = Path.Combine(standby.DataDir, "postgresql.auto.conf");
        var kept = (await File.ReadAllLinesAsync(settings, cancellation).ConfigureAwait(false)).Where(l => !l.StartsWith("synchronous_standby_names", StringComparison.Ordinal));
        await File.WriteAllLinesAsync(settings, kept, cancellation).ConfigureAwait(false);
        await standby.StartAsync(cancellation).ConfigureAwait(false);
        await AskAsync("ALTER SYSTEM SET synchronous_standby_names = '*'", cancellation).ConfigureAwait(false);
        await AskAsync("SELECT pg_reload_conf()", cancellation).ConfigureAwait(false);
        var watch = Stopwatch.StartNew();
        while (await AskAsync("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'", cancellation).ConfigureAwait(false) is not 1L)
        {
            await Task.Delay(50, watch.Elapsed < ReadyWithin ? cancellation : throw Failed("its copy does not follow")).ConfigureAwait(false);
        }

        return standby;
    }

    /// <summary>Makes a copy the server; what it followed must be gone.</summary>
    public Task PromoteAsync(CancellationToken cancellation) => RunAsync("pg_ctl", ["promote", "-D", DataDir, "-w"], cancellation);

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _process?.Dispose();
    }

    private string DataDir => Path.Combine(_folder, "data");

    private string Connection => $"Host={_host};Port={Port};Username=farm;Password={_password};Database=postgres;Pooling=false;Timeout=2";

    private async Task<object?> AskAsync(string sql, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(Connection);
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync(cancellation).ConfigureAwait(false);
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false);
        }
    }

    private void Launch()
    {
        _process?.Dispose();
        var start = AsServer("postgres", [
            "-D", DataDir, "-p", Port.ToString(CultureInfo.InvariantCulture), "-k", _folder, "-c", $"listen_addresses={_host}",
            "-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "max_connections=300", "-c", "shared_buffers=128MB",
            "-c", "log_destination=stderr", "-c", "logging_collector=on", "-c", $"log_directory={_folder}/log"]);
        _process = Process.Start(start) ?? throw Failed("it could not be started");
        _process.StandardInput.Close();
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private async Task WaitReadyAsync(CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                var connection = new NpgsqlConnection(Connection);
                await using (connection.ConfigureAwait(false))
                {
                    await connection.OpenAsync(cancellation).ConfigureAwait(false);
                    using var command = connection.CreateCommand();
                    command.CommandText = "SELECT count(*) FROM pg_database WHERE datname = 'farm'";
                    if (await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is 0L)
                    {
                        command.CommandText = "CREATE DATABASE farm";
                        await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
                    }

                    return;
                }
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
            {
                if (_wasCrashed && _process!.HasExited && watch.Elapsed < ReadyWithin)
                {
                    Launch(); // It refuses while a process of the former one still holds the shared memory.
                }
                else if (watch.Elapsed > ReadyWithin || _process!.HasExited)
                {
                    throw Failed(_process!.HasExited ? "it ended at once" : "it does not answer", fault);
                }

                await Task.Delay(50, cancellation).ConfigureAwait(false); // Its only sign is that it answers.
            }
        }
    }

    private static string FindPrograms()
    {
        var found = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql")
                .Where(d => File.Exists(Path.Combine(d, "bin", "postgres")) && int.TryParse(Path.GetFileName(d), NumberStyles.None, CultureInfo.InvariantCulture, out _))
                .MaxBy(d => int.Parse(Path.GetFileName(d), CultureInfo.InvariantCulture))
            : null;
        return found is not null
            ? Path.Combine(found, "bin")
            : throw new FarmException(
                ErrorCodes.StoreUnreachable,
                "Several servers need PostgreSQL, and it is not installed here.",
                "Install it (apt-get install postgresql), give one with --store postgres://..., or use --servers 1.");
    }

    private async Task OwnAsync(CancellationToken cancellation)
    {
        if (Environment.IsPrivilegedProcess)
        {
            using var process = Process.Start(Quiet(new ProcessStartInfo("chown", [DebianUser, _folder, Path.Combine(_folder, "password")])))!;
            await FinishAsync(process, "chown", cancellation).ConfigureAwait(false);
            await ReachAsync(cancellation).ConfigureAwait(false);
        }
    }

    // Below root's home, say, the folder is that user's own and still out of reach: PostgreSQL's words for it help nobody.
    private async Task ReachAsync(CancellationToken cancellation)
    {
        using var process = Process.Start(Quiet(new ProcessStartInfo("setpriv", ["--reuid", DebianUser, "--regid", DebianUser, "--init-groups", "test", "-w", _folder]) { WorkingDirectory = "/" }))!;
        await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        if (process.ExitCode != 0)
        {
            throw new FarmException(
                ErrorCodes.StoreUnreachable,
                $"PostgreSQL does not run as root, and its user {DebianUser} cannot get to {_folder}.",
                "Give --data a folder that others may pass through (/var/lib/url2video), or a database with --store postgres://...");
        }
    }

    private async Task RunAsync(string program, string[] arguments, CancellationToken cancellation)
    {
        var start = AsServer(program, arguments);
        start.Environment["PGPASSWORD"] = _password; // Not an argument: those are everybody's to read.
        using var process = Process.Start(start)!;
        await FinishAsync(process, program, cancellation).ConfigureAwait(false);
    }

    private static async Task FinishAsync(Process process, string program, CancellationToken cancellation)
    {
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        if (process.ExitCode != 0)
        {
            throw Failed($"{program}: {(await errors.ConfigureAwait(false)).Trim()} {(await output.ConfigureAwait(false)).Trim()}");
        }
    }

    // setpriv becomes the program, so that the process id is the server's own. In a session of its own, so that Ctrl-C in the terminal
    // does not end the database before the farm.
    private ProcessStartInfo AsServer(string program, IReadOnlyList<string> arguments)
    {
        var path = Path.Combine(_bin, program);
        return Quiet(Environment.IsPrivilegedProcess
            ? new ProcessStartInfo("setpriv", ["--reuid", DebianUser, "--regid", DebianUser, "--init-groups", path, .. arguments]) { WorkingDirectory = "/" }
            : new ProcessStartInfo(path, arguments) { WorkingDirectory = "/" });
    }

    private static ProcessStartInfo Quiet(ProcessStartInfo start)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        return start;
    }

    private static FarmException Failed(string why, Exception? cause = null) => new(
        ErrorCodes.StoreUnreachable, $"The local PostgreSQL does not run: {why}.", "Look into the log folder beside its data, or give another store with --store.", cause: cause);
}
