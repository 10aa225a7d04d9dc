using System.Diagnostics;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Cluster.Tests.Fakes;

/// <summary>A farm in a process of its own (<see cref="Program"/>), which a test may kill at any line it says.</summary>
internal sealed class FarmProcess : IDisposable
{
    private readonly Process _process;

    private FarmProcess(Process process) => _process = process;

    /// <param name="hold">Jobs whose name begins so never end; <c>-</c> for none, the empty text for all.</param>
    public static FarmProcess Start(TemporaryFolder folder, ProjectId id, int scenes, string hold)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = [typeof(FarmProcess).Assembly.Location, "farm", folder["data"], folder["out"], id.Value, $"{scenes}", hold];
        Array.ForEach(arguments, start.ArgumentList.Add);
        return new FarmProcess(Process.Start(start)!);
    }

    /// <returns>The lines up to the first that fits, or all when the process ends before.</returns>
    public async Task<List<string>> ReadUntilAsync(Func<string, bool> fits)
    {
        using var patience = new CancellationTokenSource(TestFarm.Patience);
        var lines = new List<string>();
        while (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            lines.Add(line);
            if (fits(line))
            {
                break;
            }
        }

        return lines;
    }

    /// <summary>SIGKILL: no handler, no flush, no farewell.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
