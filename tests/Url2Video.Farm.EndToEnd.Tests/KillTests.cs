using System.Globalization;
using System.Text.RegularExpressions;
using Url2Video.Farm.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace Url2Video.Farm.EndToEnd.Tests;

/// <summary>
/// kill -9 at random moments: the film is always finished, to the bit the same, and nothing finished is made again.
/// <c>U2V_KILLS</c> sets the number of kills (3 in the normal run), <c>U2V_KILL_SEED</c> the moments.
/// </summary>
public sealed partial class KillTests(ITestOutputHelper output)
{
    private const int Killed = 137;

    [NeedsFact("ffmpeg")]
    public async Task Kill_AtRandomMoments_GivesTheSameFilmWithoutRenderingTwice()
    {
        using var temp = new TempFolder();
        var storyboard = SmallFilm.WriteTo(temp);
        var started = DateTime.UtcNow;
        DateTime? accepted = null;
        var calm = await Url2VideoProgram.RunAsync(SmallFilm.Render(storyboard, temp["calm"], temp["calm-data"]), null, (_, _) => accepted ??= DateTime.UtcNow);
        var (startTime, workTime) = (accepted!.Value - started, DateTime.UtcNow - accepted.Value);
        Assert.True(calm.Exit == 0, calm.Error);

        var random = new Random(Number("U2V_KILL_SEED", 7));
        var kills = Number("U2V_KILLS", 3);
        var killed = 0;
        for (var round = 0; killed < kills; round++)
        {
            Assert.True(round < kills * 4, "The film ends before it can be killed.");
            var (outDir, dataDir) = (temp[$"out{round}"], temp[$"data{round}"]);

            // One in five while it starts, the others while it works.
            var isWorking = round % 5 != 4;
            var moment = random.NextDouble() * (isWorking ? workTime : startTime);
            killed += await KillAndResumeAsync(storyboard, outDir, dataDir, moment, isWorking) ? 1 : 0;
            Assert.Equal(TempFolder.HashesOf(temp["calm"]), TempFolder.HashesOf(outDir));
            Directory.Delete(dataDir, recursive: true);
        }
    }

    [NeedsFact("ffmpeg")]
    public async Task Workers_OneOrFour_GiveTheSameFilm()
    {
        using var temp = new TempFolder();
        var storyboard = SmallFilm.WriteTo(temp);

        var one = await Url2VideoProgram.RunAsync(SmallFilm.Render(storyboard, temp["one"], temp["data1"], "--workers", "1"));
        var four = await Url2VideoProgram.RunAsync(SmallFilm.Render(storyboard, temp["four"], temp["data4"], "--workers", "4"));

        Assert.True(one.Exit == 0 && four.Exit == 0, one.Error + four.Error);
        Assert.Equal(TempFolder.HashesOf(temp["one"]), TempFolder.HashesOf(temp["four"]));
    }

    [GeneratedRegex(@"prj_\w+/(\S+) attempt \d+ started")]
    private static partial Regex StartedJob();

    /// <returns>False when the film was finished before the moment came.</returns>
    private async Task<bool> KillAndResumeAsync(string storyboard, string outDir, string dataDir, TimeSpan moment, bool isWorking)
    {
        var first = await Url2VideoProgram.RunKilledAsync(SmallFilm.Render(storyboard, outDir, dataDir), moment, isWorking);
        if (first.Exit == 0)
        {
            return false;
        }

        Assert.Equal(Killed, first.Exit);
        var (project, finishedBefore) = await FinishedAsync(dataDir);
        if (project is null)
        {
            // Killed before the order was in the journal: nothing was promised, and nothing is half there.
            Assert.DoesNotContain("\"type\":\"progress\"", first.Out, StringComparison.Ordinal);
            var again = await Url2VideoProgram.RunAsync(SmallFilm.Render(storyboard, outDir, dataDir));
            Assert.True(again.Exit == 0, again.Error);
            output.WriteLine($"killed {moment.TotalMilliseconds:0} ms after the start, before the order was accepted; ordered again: same film");
            return true;
        }

        var log = Path.Combine(dataDir, "farm.log");
        var logBefore = File.ReadAllText(log).Length;
        var resumed = await Url2VideoProgram.RunAsync("resume", project, "--data", dataDir, "--json");
        Assert.True(resumed.Exit == 0, resumed.Error);

        var startedAgain = StartedJob().Matches(File.ReadAllText(log)[logBefore..]).Select(m => m.Groups[1].Value).ToHashSet();
        Assert.Empty(startedAgain.Intersect(finishedBefore));
        var (_, finished) = await FinishedAsync(dataDir);
        Assert.Equal(finished.Length, finished.Distinct().Count());
        output.WriteLine($"killed {moment.TotalMilliseconds:0} ms after the order with {finishedBefore.Length} of {finished.Length} jobs in the journal; "
            + $"{startedAgain.Count} jobs started after resume, none of those {finishedBefore.Length}; same film");
        return true;
    }

    /// <summary>The one project of a data folder and the jobs whose completion stands in its journal.</summary>
    private static async Task<(string? Project, string[] Finished)> FinishedAsync(string dataDir)
    {
        var list = await Url2VideoProgram.RunAsync("pbm", "project", "list", "--data", dataDir, "--json");
        if (list.Exit != 0 || list.Result.GetProperty("count").GetInt32() == 0)
        {
            return (null, []);
        }

        var project = list.Json[0].GetProperty("id").GetString()!;
        var events = await Url2VideoProgram.RunAsync("pbm", "actor", "events", project, "--data", dataDir, "--json");
        Assert.True(events.Exit == 0, events.Error);
        return (project, [.. events.Json.Where(e => e.GetProperty("type").GetString() == "row").SelectMany(e => e.GetProperty("finished").EnumerateArray()).Select(j => j.GetString()!)]);
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
