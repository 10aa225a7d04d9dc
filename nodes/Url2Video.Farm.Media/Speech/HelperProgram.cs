using System.ComponentModel;
using System.Diagnostics;

namespace Url2Video.Farm.Media.Speech;

/// <summary>
/// One short run of a helper program: arguments as a list (no shell), text on its standard input, a bounded amount of
/// bytes from its standard output, a time limit, and a kill when cancelled. GPL engines stay on the other side of this.
/// </summary>
internal static class HelperProgram
{
    /// <exception cref="SpeechException">Not installed, failed, hung, or wrote more than <paramref name="bytesMax"/>.</exception>
    internal static byte[] Run(string program, IReadOnlyList<string> arguments, string input, int bytesMax, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(SpeechLimits.HelperSecondsMax));
        using var process = Start(program, arguments);
        using var kill = limit.Token.Register(static state => Kill((Process)state!), process);
        try
        {
            return Exchange(process, program, input, bytesMax, limit.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException or AggregateException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var why = limit.IsCancellationRequested ? $"took more than {SpeechLimits.HelperSecondsMax} s" : "broke off";
            throw new SpeechException(SpeechFailure.EngineFailed, $"{program} {why}.", e);
        }
        finally
        {
            Kill(process);
        }
    }

    private static byte[] Exchange(Process process, string program, string input, int bytesMax, CancellationToken stop)
    {
        // All three pipes at once: a full one would block the helper, and then us.
        var errors = Task.Run(() => ReadUpTo(process.StandardError.BaseStream, 4096), CancellationToken.None);
        var feeding = Task.Run(() => Feed(process, input), CancellationToken.None);
        var output = ReadUpTo(process.StandardOutput.BaseStream, bytesMax + 1);
        stop.ThrowIfCancellationRequested();
        if (output.Length > bytesMax)
        {
            throw new SpeechException(SpeechFailure.EngineFailed, $"{program} wrote more than {bytesMax} bytes.");
        }

        Task.WaitAll([errors, feeding], stop);
        process.WaitForExitAsync(stop).GetAwaiter().GetResult();
        if (process.ExitCode != 0)
        {
            var said = System.Text.Encoding.UTF8.GetString(errors.Result).Trim();
            throw new SpeechException(SpeechFailure.EngineFailed, $"{program} ended with {process.ExitCode}: {said}");
        }

        return output;
    }

    private static Process Start(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(Find(program))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            return Process.Start(start) ?? throw new SpeechException(SpeechFailure.EngineFailed, $"{program} did not start.");
        }
        catch (Win32Exception e)
        {
            throw new SpeechException(SpeechFailure.EngineFailed, $"{program} cannot be started.", e);
        }
    }

    /// <summary>Only where PATH says: the runtime would look beside us and in the working directory first.</summary>
    private static string Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(Path.IsPathRooted)
            .Select(directory => Path.Combine(directory, program))
            .FirstOrDefault(File.Exists)
        ?? throw new SpeechException(SpeechFailure.EngineFailed, $"{program} is not installed.");

    private static void Feed(Process process, string input)
    {
        try
        {
            process.StandardInput.BaseStream.Write(System.Text.Encoding.UTF8.GetBytes(input));
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It stopped reading; its exit status tells why.
        }
    }

    private static byte[] ReadUpTo(Stream stream, int bytesMax)
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (all.Length < bytesMax)
        {
            var read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, bytesMax - all.Length));
            if (read == 0)
            {
                break;
            }

            all.Write(buffer, 0, read);
        }

        return all.ToArray();
    }

    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It ended by itself in between.
        }
    }
}
