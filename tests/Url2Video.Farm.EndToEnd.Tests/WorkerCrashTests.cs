using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Url2Video.Farm.Cli.Local;
using Url2Video.Farm.EndToEnd.Tests.Support;

namespace Url2Video.Farm.EndToEnd.Tests;

/// <summary>What a broken codec or a hostile file does to a worker process is done to it while it encodes: one attempt is lost, and the film is the same to the bit.</summary>
public sealed partial class WorkerCrashTests : IClassFixture<WorkerCrashTests.CalmFilm>
{
    private const string Codec = "libx264";
    private const byte Trap = 0xCC;
    private const byte Privileged = 0xF4;
    private readonly CalmFilm _calm;
    private Dictionary<int, long> _ticks = [];

    public WorkerCrashTests(CalmFilm calm) => _calm = calm;

    [NeedsTheory("ffmpeg", "prlimit")]
    [InlineData("trap inside the codec", "ERR_WORKER_DIED")]
    [InlineData("segmentation fault inside the codec", "SIGSEGV")]
    [InlineData("frozen process", "ERR_WORKER_DIED")]
    [InlineData("out of memory", "retry")] // Whoever asks for memory first says so in its own words.
    public async Task Worker_BreaksInTheMiddleOfAChunk_CostsOneAttemptOnly(string how, string told)
    {
        using var temp = new TempFolder();
        var log = Path.Combine(temp["data"], "farm.log");
        var broken = 0;
        void BreakOne(Process farm, string line)
        {
            // Once, and not before frames are being made.
            if (broken == 0 && File.Exists(log) && StartedChunk().IsMatch(SharedText.Read(log)) && Busiest(farm.Id) is { } worker)
            {
                broken = worker;
                Break(worker, how);
            }
        }

        var film = await Url2VideoProgram.RunAsync(_calm.Render(temp["out"], temp["data"]), null, BreakOne);

        Assert.True(film.Exit == 0, film.Error);
        Assert.True(broken != 0, "No worker was at work when there was something to break.");
        Assert.Equal(_calm.Hashes, TempFolder.HashesOf(temp["out"]));
        Assert.Contains(told, film.Out + film.Error, StringComparison.Ordinal);
        Assert.Single(FailedAttempt().Matches(SharedText.Read(log)));
        Assert.False(Directory.Exists($"/proc/{broken}"), "The broken process is still there.");
    }

    [NeedsFact("ffmpeg")]
    public async Task Node_KilledWithItsWorkersAtWork_LeavesNoneBehind()
    {
        using var temp = new TempFolder();
        var log = Path.Combine(temp["data"], "farm.log");
        Process[] workers = [];
        var killed = await Url2VideoProgram.RunAsync(_calm.Render(temp["out"], temp["data"]), null, (farm, _) =>
        {
            if (workers.Length == 0 && File.Exists(log) && StartedChunk().IsMatch(SharedText.Read(log)))
            {
                workers = [.. Workers(farm.Id).Select(Process.GetProcessById)];
                Signals.Send(farm.Id, Signals.Kill);
            }
        });

        Assert.Equal(137, killed.Exit);
        Assert.NotEmpty(workers);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await Task.WhenAll(workers.Select(w => w.WaitForExitAsync(patience.Token)));
        Array.ForEach(workers, w => w.Dispose());
    }

    private static void Break(int worker, string how)
    {
        switch (how)
        {
            case "trap inside the codec":
                Overwrite(worker, Trap);
                break;
            case "segmentation fault inside the codec":
                Overwrite(worker, Privileged);
                break;
            case "frozen process":
                Signals.Send(worker, Signals.Stop);
                break;
            default:
                // From now on no allocation succeeds, in native code or in ours.
                using (var starve = Process.Start("prlimit", ["--pid", worker.ToString(CultureInfo.InvariantCulture), "--data=1:1"]))
                {
                    starve.WaitForExit();
                    Assert.Equal(0, starve.ExitCode);
                }

                break;
        }
    }

    // The runtime passes over signals that others send; so the codec's own instructions are made such that no processor gets past the next one.
    private static void Overwrite(int worker, byte instruction)
    {
        foreach (var line in Read($"/proc/{worker}/maps").Split('\n').Where(l => l.Contains(" r-xp ", StringComparison.Ordinal) && l.Contains(Codec, StringComparison.Ordinal)))
        {
            var range = line[..line.IndexOf(' ', StringComparison.Ordinal)].Split('-').Select(a => long.Parse(a, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
            var bytes = new byte[range[1] - range[0]];
            Array.Fill(bytes, instruction);
            using var memory = new FileStream($"/proc/{worker}/mem", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            memory.Position = range[0];
            memory.Write(bytes);
        }
    }

    private static IEnumerable<int> Workers(int farm) => Directory.EnumerateDirectories($"/proc/{farm}/task")
        .SelectMany(task => Read(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(id => int.Parse(id, CultureInfo.InvariantCulture))
        .Where(id => Read($"/proc/{id}/cmdline").Split('\0').Contains("worker"));

    // One that encodes and uses a processor now: since the last look it has come further.
    private int? Busiest(int farm)
    {
        var now = Workers(farm).Where(id => Read($"/proc/{id}/maps").Contains(Codec, StringComparison.Ordinal)).ToDictionary(id => id, Ticks);
        var before = _ticks;
        _ticks = now;
        return now.Where(w => before.TryGetValue(w.Key, out var then) && w.Value >= then + 3).OrderByDescending(w => w.Value - before[w.Key]).Select(w => (int?)w.Key).FirstOrDefault();
    }

    private static long Ticks(int id) => Read($"/proc/{id}/stat").Split(") ") is [_, var rest] ? long.Parse(rest.Split(' ')[11], CultureInfo.InvariantCulture) : 0;

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return string.Empty; // It has just ended.
        }
    }

    [GeneratedRegex(@"render/\d+ attempt \d+ started")]
    private static partial Regex StartedChunk();

    [GeneratedRegex("ended: WorkFailed")]
    private static partial Regex FailedAttempt();

    /// <summary>The film that nothing happened to, made once.</summary>
    public sealed class CalmFilm : IAsyncLifetime, IDisposable
    {
        private readonly TempFolder _temp = new();
        private string _storyboard = string.Empty;

        public SortedDictionary<string, string> Hashes { get; private set; } = [];

        public async Task InitializeAsync()
        {
            _storyboard = Path.Combine(_temp.Path, "film.json");
            await File.WriteAllTextAsync(_storyboard, LongerFilm.Storyboard);
            if (File.Exists("/usr/bin/ffmpeg"))
            {
                var calm = await Url2VideoProgram.RunAsync(Render(_temp["out"], _temp["data"]));
                Assert.True(calm.Exit == 0, calm.Error);
                Hashes = TempFolder.HashesOf(_temp["out"]);
            }
        }

        public Task DisposeAsync() => Task.CompletedTask;

        public void Dispose() => _temp.Dispose();

        internal string[] Render(string outDir, string dataDir) => ["render", _storyboard, "--out", outDir, "--data", dataDir, "--workers", "2", "--json"];
    }
}
