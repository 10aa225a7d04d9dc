using System.Diagnostics;
using Url2Video.Farm.EndToEnd.Tests.Support;
using Url2Video.Farm.Node.Workers.Confinement;

namespace Url2Video.Farm.EndToEnd.Tests;

/// <summary>The start from a confined thread, and when it must not be one.</summary>
[Collection("confined threads")]
public sealed class ConfinedStartTests : IDisposable
{
    private const string Confined = "--confined";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TempFolder _temp = new();

    public ConfinedStartTests() => Directory.CreateDirectory(_temp["scratch"]);

    public void Dispose() => _temp.Dispose();

    [LandlockFact]
    public async Task Start_LeavesNoThreadConfined()
    {
        await NoThreadAsync();
        var start = Listener();
        using var worker = ConfinedStart.Start(start, Bounds)!;

        // Another thread was left behind in between: rare, and the case of the test below.
        Assert.Equal(start.ArgumentList.Contains(Confined), LevelOf(worker.Id).NoNewPrivileges == 1);
        Assert.True(!start.ArgumentList.Contains(Confined) || ConfinedThreads.Find().Count == 0);
        await EndAsync(worker);
    }

    [LandlockFact]
    public async Task Start_ThatLeavesAThreadBehind_EndsTheWorkerAndBeginsOneWithoutBounds()
    {
        await NoThreadAsync();
        using var ready = ThreadBounds.TryCreate(Bounds, "/bin/sh")!;
        using var release = new ManualResetEventSlim();
        var (start, begun) = (Listener(), new List<(int Id, bool IsConfined)>());
        var left = new Thread(release.Wait);

        Process Begin(ProcessStartInfo info)
        {
            if (begun.Count == 0)
            {
                left.Start();
            }

            var process = Process.Start(info)!;
            begun.Add((process.Id, info.ArgumentList.Contains(Confined)));
            return process;
        }

        using var worker = ConfinedStart.Start(start, ready, Begin)!;
        Assert.Equal([true, false], begun.Select(b => b.IsConfined));
        Assert.Equal((begun[1].Id, 0), (worker.Id, LevelOf(worker.Id).NoNewPrivileges));
        await UntilAsync(() => IsGone(begun[0].Id));
        await EndAsync(worker);

        // While it is there, no other worker is started so.
        Assert.NotEmpty(ConfinedThreads.Find());
        using var next = ConfinedStart.Start(Listener(), ready, Begin)!;
        Assert.Equal([true, false, false], begun.Select(b => b.IsConfined));
        await EndAsync(next);

        release.Set();
        left.Join();
        await NoThreadAsync();
    }

    [LandlockFact]
    public async Task Start_KernelRefuses_StartsNothing()
    {
        await NoThreadAsync();
        var ready = ThreadBounds.TryCreate(Bounds, "/bin/sh")!;
        ready.Dispose(); // A ruleset that is not there is refused.

        var fault = Assert.Throws<IOException>(() => ConfinedStart.Start(Listener(), ready, _ => throw new InvalidOperationException("begun")));

        Assert.Contains("Landlock was refused", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, -1, true)]
    [InlineData(6, -1, false)]
    [InlineData(6, 0, false)]
    [InlineData(6, 1, false)]
    [InlineData(6, 2, true)]
    [InlineData(7, 7, true)]
    public void Kernel_ThatKeepsSignalsFromTheOwnProcess_IsNotForOneThread(int version, int errata, bool isForOne) =>
        Assert.Equal(isForOne, Landlock.IsForOneThreadIn(version, errata));

    [Theory]
    [InlineData("Name:\tx\nNoNewPrivs:\t1\nSeccomp:\t2\nSeccomp_filters:\t3\n", 1, 2, 3)]
    [InlineData("Name:\tNoNewPrivs:\t7\nNoNewPrivs:\t0\nSeccomp:\t0\n", 0, 0, -1)]
    public void Level_OfAStatus_IsRead(string status, int privileges, int mode, int filters) =>
        Assert.Equal(new ThreadLevel(privileges, mode, filters), ConfinedThreads.LevelOf(status));

    private WorkerBounds Bounds => new([_temp["scratch"]], "");

    // Ends with its input.
    private static ProcessStartInfo Listener() => new("/bin/sh", ["-c", "cat", "sh"]) { RedirectStandardInput = true, RedirectStandardOutput = true };

    private static ThreadLevel LevelOf(int process) => ConfinedThreads.LevelOf(File.ReadAllText($"/proc/{process}/status"));

    private static bool IsGone(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/status").Contains("State:\tZ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static Task NoThreadAsync() => UntilAsync(() => ConfinedThreads.Find().Count == 0);

    private static async Task EndAsync(Process worker)
    {
        worker.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        await worker.WaitForExitAsync(patience.Token);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        var since = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(since.Elapsed < Patience);
            await Task.Delay(10);
        }
    }
}
