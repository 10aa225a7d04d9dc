using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Node.Workers;

namespace Url2Video.Farm.Node.Plugins;

/// <summary>
/// A confined process that answers one message at a time, within its time. Whatever it does (crash, hang, flood, lie) is one error that names plugin and scene,
/// and the end of the process. It reads and writes blocks that its caller owns: no picture is allocated for a frame.
/// </summary>
internal sealed class PluginProcess : IDisposable
{
    private readonly Process _process;
    private readonly PluginFolder _plugin;
    private readonly string _scene;
    private readonly LastWords _lastWords = new(Limits.PluginLastWordsCharsMax);
    private readonly Task _hearing;
    private readonly CancellationToken _cancellation;
    private readonly byte[] _head = new byte[PluginMessage.HeadBytes];

    private PluginProcess(Process process, PluginFolder plugin, string scene, CancellationToken cancellation)
    {
        (_process, _plugin, _scene, _cancellation) = (process, plugin, scene, cancellation);
        _hearing = Task.Run(() => _lastWords.ReadAsync(process.StandardError), CancellationToken.None); // It hears the end of a process that was stopped, too.
    }

    /// <summary>It has ended because it could not take its memory over.</summary>
    public bool HasNoMemory => _process.HasExited && _process.ExitCode == PluginConfinement.NoMemoryStatus;

    /// <exception cref="FarmException"><c>ERR_PLUGIN_INVALID</c>: the files are not those of the manifest; <c>ERR_PLUGIN_FAILED</c>.</exception>
    /// <param name="scratch">An empty folder for it, where it may write.</param>
    /// <param name="memory">That it takes over; null: none.</param>
    public static PluginProcess Start(
        PluginShelf shelf, PluginFolder plugin, string scene, string? scratch, CancellationToken cancellation, PluginMemory? memory = null)
    {
        plugin.Verify();
        var start = new ProcessStartInfo(shelf.Launcher[0], [.. shelf.Launcher.Skip(1), .. PluginConfinement.ArgumentsOf(plugin, scratch, memory?.Path)])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = plugin.Path,
        };
        start.Environment.Clear(); // Tokens and addresses are not for the work of strangers; not even for the moment before it is one.
        foreach (var variable in PluginConfinement.Environment(scratch).Select(v => v.Split('=', 2)))
        {
            start.Environment[variable[0]] = variable[1];
        }

        try
        {
            return new PluginProcess(Process.Start(start) ?? throw new Win32Exception("no process"), plugin, scene, cancellation);
        }
        catch (Exception fault) when (fault is Win32Exception or InvalidOperationException)
        {
            throw new FarmException(ErrorCodes.PluginFailed, $"Scene '{scene}': the plugin {plugin.Manifest.Id} cannot be started: {fault.Message}", retryable: true, cause: fault);
        }
    }

    /// <summary>Sends a message and reads the answer into a block, which must be filled by it exactly.</summary>
    /// <param name="message">Without its head.</param>
    /// <exception cref="FarmException"><c>ERR_PLUGIN_FAILED</c>.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    public void Ask(PluginMessageKind kind, byte[] message, PluginMessageKind wanted, byte[] answer, int millisMax)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_cancellation);
        stop.CancelAfter(millisMax);
        try
        {
            // Written and read at once: a plugin may answer before it has read all, and a pipe is smaller than a picture.
            var writing = WriteAsync(kind, message, stop.Token);
            ReadAsync(wanted, answer, stop.Token).GetAwaiter().GetResult();
            writing.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (!_cancellation.IsCancellationRequested)
        {
            // A machine that is busy is slow; another may not be.
            throw Failed(string.Create(CultureInfo.InvariantCulture, $"did not answer within {millisMax / 1000.0:0.#} s"), retryable: true);
        }
        catch (Exception fault) when (fault is EndOfStreamException or IOException or ObjectDisposedException)
        {
            var (how, retryable) = Ending();
            throw Failed(how, retryable);
        }
    }

    /// <summary>The end of its input is its end; what does not go by itself is ended.</summary>
    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private async Task WriteAsync(PluginMessageKind kind, byte[] message, CancellationToken stop)
    {
        var to = _process.StandardInput.BaseStream;
        var head = new byte[PluginMessage.HeadBytes];
        new PluginMessage(kind, message.Length).Write(head);
        await to.WriteAsync(head, stop).ConfigureAwait(false);
        await to.WriteAsync(message, stop).ConfigureAwait(false);
        await to.FlushAsync(stop).ConfigureAwait(false);
    }

    private async Task ReadAsync(PluginMessageKind wanted, byte[] answer, CancellationToken stop)
    {
        var from = _process.StandardOutput.BaseStream;
        await from.ReadExactlyAsync(_head, stop).ConfigureAwait(false);
        var message = PluginMessage.Read(_head) ?? throw Failed("wrote something that is no message");
        if (message is { Kind: PluginMessageKind.Failed, Length: >= 0 and <= 2_000 })
        {
            var text = new byte[message.Length];
            await from.ReadExactlyAsync(text, stop).ConfigureAwait(false);
            throw Failed($"gave up: {LastWords.Plain(Encoding.UTF8.GetString(text))}");
        }

        if (message.Kind != wanted || message.Length != answer.Length)
        {
            throw Failed($"answered with {message.Kind} of {message.Length} bytes where {wanted} of {answer.Length} was due");
        }

        await from.ReadExactlyAsync(answer, stop).ConfigureAwait(false);
    }

    /// <summary>How the process ended, as the rest of a sentence, and whether it may be the machine's doing: one short of memory, or one that cannot confine.</summary>
    private (string How, bool Retryable) Ending()
    {
        if (!_process.WaitForExit(TimeSpan.FromSeconds(2)))
        {
            return ("closed its output", false);
        }

        return _process.ExitCode switch
        {
            > 128 and < 192 and var status => ($"was ended by signal {status - 128}", true),
            PluginConfinement.FailedStatus => ("was not let in", true),
            var status => ($"ended with status {status}", false),
        };
    }

    /// <param name="retryable">It may go better at another time or on another machine.</param>
    internal FarmException Failed(string how, bool retryable = false)
    {
        Kill();
        _hearing.Wait(TimeSpan.FromSeconds(1)); // The process is gone or going: its pipe ends with it.
        var words = _lastWords.ToString();
        return new FarmException(
            ErrorCodes.PluginFailed,
            $"Scene '{_scene}': the plugin {_plugin.Manifest.Id} {_plugin.Manifest.Version} {how}.{(words.Length > 0 ? $" It said: {words}" : "")}",
            $"`url2video plugin check` tries the plugin alone; the scene can do without it.",
            retryable);
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception fault) when (fault is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It is gone.
        }
    }
}
