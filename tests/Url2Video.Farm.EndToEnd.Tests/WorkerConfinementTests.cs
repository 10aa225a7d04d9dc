using System.Diagnostics;
using System.Globalization;
using Url2Video.Farm.EndToEnd.Tests.Support;
using Url2Video.Farm.Node.Workers.Confinement;

namespace Url2Video.Farm.EndToEnd.Tests;

/// <summary>What a worker process can still do, tried in a real one.</summary>
[Collection("confined threads")] // Of this process: one test at a time has some.
public sealed class WorkerConfinementTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [LandlockFact]
    public async Task Worker_Confined_ReadsNothingOutsideAndOpensNoSocket()
    {
        AssertConfined(await CheckAsync());
    }

    /// <summary>As a node starts it: from a thread that is confined, so that it begins once.</summary>
    [LandlockTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Worker_StartedByItsNode_IsConfinedAsOneThatConfinesItself(bool isOnline)
    {
        AssertConfined(await StartAsync(isOnline), isOnline);
    }

    private static void AssertConfined(string[] said, bool isOnline = false)
    {
        Assert.Equal("status: NoNewPrivs:1 Seccomp:2", said[0]);
        Assert.Equal(["read outside: UnauthorizedAccessException", "write outside: UnauthorizedAccessException"], said[1..3]);
        var socket = isOnline ? "done" : "SocketException";
        Assert.Equal(
            [$"socket: {socket}", $"socket6: {socket}", "parent's environment: UnauthorizedAccessException", "parent's threads: UnauthorizedAccessException"], said[3..7]);
        Assert.Equal(
            ["mode outside: UnauthorizedAccessException", "time outside: UnauthorizedAccessException", "truncate outside: UnauthorizedAccessException",
                "parent's bounds: UnauthorizedAccessException", "name space: UnauthorizedAccessException"], said[7..12]);
        Assert.Equal(["work: done", "program: done"], said[12..]);
    }

    /// <summary>The same without confinement: so it was the confinement.</summary>
    [LandlockFact]
    public async Task Worker_ThatSaysItIsConfined_CouldDoAllOfIt()
    {
        var said = await CheckAsync("--confined");

        Assert.Equal(["read outside: done", "write outside: done", "socket: done"], said[1..4]);
        Assert.Equal(
            ["parent's threads: done", "mode outside: done", "time outside: done", "truncate outside: done", "parent's bounds: done", "name space: done"], said[6..12]);
    }

    /// <summary>Who fetches pages opens sockets, and still sees no files.</summary>
    [LandlockFact]
    public async Task Worker_Online_OpensSocketsAndReadsNothingOutside()
    {
        AssertConfined(await CheckAsync("--online"), isOnline: true);
    }

    [LandlockFact]
    public async Task Film_Rendered_HadNoWorkerThatWasNotConfined()
    {
        var levels = new HashSet<string>();
        var film = await Url2VideoProgram.RunAsync(SmallFilm.Render(SmallFilm.WriteTo(_temp), _temp["out"], _temp["data"]), null, (farm, _) =>
        {
            foreach (var worker in Workers(farm.Id))
            {
                levels.Add(LevelOf(worker));
            }
        });

        Assert.True(film.Exit == 0, film.Error);
        levels.Remove(""); // Gone, or about to confine itself.
        Assert.Equal(["NoNewPrivs:1 Seccomp:2"], levels);
    }

    private async Task<string[]> CheckAsync(params string[] more)
    {
        Prepare();
        var result = await Url2VideoProgram.RunAsync(["worker", "--folder", _temp["scratch"], "--check", _temp["secret"], .. more]);
        Assert.True(result.Exit == 0, result.Error);
        return result.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private async Task<string[]> StartAsync(bool isOnline)
    {
        Prepare();
        string[] more = isOnline ? ["--online"] : [];
        var start = new ProcessStartInfo(
            Environment.ProcessPath!, [Path.Combine(AppContext.BaseDirectory, "url2video.dll"), "worker", "--folder", _temp["scratch"], "--check", _temp["secret"], .. more])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var worker = ConfinedStart.Start(start, new WorkerBounds([_temp["scratch"]], "", isOnline))!;
        var (said, error) = (worker.StandardOutput.ReadToEndAsync(), worker.StandardError.ReadToEndAsync());
        await worker.WaitForExitAsync();
        Assert.True(worker.ExitCode == 0, await error);
        Assert.Equal("secret", File.ReadAllText(_temp["secret"]));
        return (await said).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private void Prepare()
    {
        File.WriteAllText(_temp["secret"], "secret");
        Directory.CreateDirectory(_temp["scratch"]);
    }

    private static IEnumerable<int> Workers(int farm) => Lines($"/proc/{farm}/task", Directory.EnumerateDirectories)
        .SelectMany(task => Lines(Path.Combine(task, "children"), File.ReadLines))
        .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(id => int.Parse(id, CultureInfo.InvariantCulture));

    // Only of one that says so: another is about to confine itself and to begin anew.
    private static string LevelOf(int worker) => Lines($"/proc/{worker}/cmdline", File.ReadLines).Any(l => l.EndsWith("--confined\0", StringComparison.Ordinal))
        ? string.Join(' ', Lines($"/proc/{worker}/status", File.ReadLines)
            .Where(l => l.StartsWith("NoNewPrivs", StringComparison.Ordinal) || l.StartsWith("Seccomp:", StringComparison.Ordinal)).Select(l => l.Replace("\t", "", StringComparison.Ordinal)))
        : "";

    private static string[] Lines(string path, Func<string, IEnumerable<string>> read)
    {
        try
        {
            return [.. read(path)];
        }
        catch (IOException)
        {
            return [];
        }
        catch (UnauthorizedAccessException)
        {
            return [];
        }
    }
}

/// <summary>Skipped, visibly, where the kernel cannot confine.</summary>
internal sealed class LandlockFactAttribute : FactAttribute
{
    public LandlockFactAttribute() => Skip = Missing;

    public static string? Missing { get; } = Look();

    private static string? Look()
    {
        using var landlock = Landlock.TryCreate(isOnline: false);
        return landlock is null || !SeccompFilter.IsKnown ? "this kernel has no Landlock or no seccomp" : null;
    }
}

/// <inheritdoc cref="LandlockFactAttribute"/>
internal sealed class LandlockTheoryAttribute : TheoryAttribute
{
    public LandlockTheoryAttribute() => Skip = LandlockFactAttribute.Missing;
}
