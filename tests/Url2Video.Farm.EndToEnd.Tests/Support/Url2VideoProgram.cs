using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Url2Video.Farm.EndToEnd.Tests.Support;

/// <summary>What a finished command left behind.</summary>
/// <param name="Exit">Exit status; 137 after kill -9.</param>
internal sealed record CliResult(int Exit, string Out, string Error)
{
    /// <summary>The NDJSON lines of a command run with <c>--json</c>.</summary>
    public IReadOnlyList<JsonElement> Json =>
        [.. Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];

    /// <summary>The last line, which a command run with <c>--json</c> always writes.</summary>
    public JsonElement Result => Json[^1];
}

/// <summary>Runs the real program as its own process, as a user does.</summary>
internal static class Url2VideoProgram
{
    /// <summary>A command that takes longer is broken, even on a very busy machine.</summary>
    private static readonly TimeSpan HangLimit = TimeSpan.FromMinutes(6);

    /// <summary><c>./test</c> names the one compiled ahead of time, which users run; else the one that was built with these tests.</summary>
    private static readonly string Dll = Environment.GetEnvironmentVariable("U2V_PROGRAM") is { Length: > 0 } named ? named : Path.Combine(AppContext.BaseDirectory, "url2video.dll");

    public static Task<CliResult> RunAsync(params string[] arguments) => RunAsync(arguments, environment: null, onLine: null);

    /// <summary>Runs a command and kills it (SIGKILL) after <paramref name="moment"/>, unless it is finished by then.</summary>
    /// <param name="fromFirstLine">True: the time counts from the first line of stdout, when the order is accepted.</param>
    public static async Task<CliResult> RunKilledAsync(IReadOnlyList<string> arguments, TimeSpan moment, bool fromFirstLine)
    {
        using var alarm = new CancellationTokenSource();
        var isArmed = !fromFirstLine;

        void Arm(Process process, string line)
        {
            if (!isArmed)
            {
                isArmed = true;
                alarm.CancelAfter(moment);
            }
        }

        CancellationTokenRegistration registration = default;
        try
        {
            return await RunAsync(arguments, null, Arm, process =>
            {
                registration = alarm.Token.Register(() => Kill(process));
                if (!fromFirstLine)
                {
                    alarm.CancelAfter(moment);
                }
            });
        }
        finally
        {
            await registration.DisposeAsync();
        }
    }

    /// <param name="onLine">Called with the process and each line of stdout as it comes; may kill the process.</param>
    /// <param name="input">What it reads; null: nothing.</param>
    public static async Task<CliResult> RunAsync(
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string>? environment,
        Action<Process, string>? onLine,
        Action<Process>? onStart = null,
        string? input = null)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in arguments.Prepend(Dll))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet could not be started.");
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        onStart?.Invoke(process);
        var errorText = process.StandardError.ReadToEndAsync();
        var outText = new StringBuilder();
        using var limit = new CancellationTokenSource(HangLimit);
        try
        {
            while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                outText.Append(line).Append('\n');
                onLine?.Invoke(process, line);
            }

            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"url2video {string.Join(' ', arguments)} hung.\n{outText}\n{await errorText}");
        }

        return new CliResult(process.ExitCode, outText.ToString(), await errorText);
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It was quicker than the alarm.
        }
    }
}
