using Url2Video.Farm.Cluster.Tests.Fakes;
using Xunit.Abstractions;

namespace Url2Video.Farm.Cluster.Tests.Embedded;

/// <summary>kill -9 of the whole process, again and again, and the film comes out the same.</summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private const int Scenes = 9;

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _undisturbed = new();

    public void Dispose()
    {
        _folder.Dispose();
        _undisturbed.Dispose();
    }

    [Fact]
    public async Task Kill_InEveryStage_FinishesWithTheSameFilesAndWorksNoFinishedJobTwice()
    {
        var id = TestFarm.NewId();
        foreach (var point in new[] { "ingest", "speak/0001", "render/000002", "assemble" })
        {
            using var farm = FarmProcess.Start(_folder, id, Scenes, hold: point);
            var lines = await farm.ReadUntilAsync(line => line.StartsWith("job " + point, StringComparison.Ordinal));
            await farm.KillAsync();
            Assert.StartsWith("job " + point, lines[^1], StringComparison.Ordinal);
            var finished = JournalReader.Finished(_folder, id);
            output.WriteLine($"killed at '{lines[^1]}', {finished.Count} jobs finished; first job after {FirstJobMs(lines)} ms");

            using var next = FarmProcess.Start(_folder, id, Scenes, hold: string.Empty);
            var after = await next.ReadUntilAsync(line => JobsOf([line]).Any());
            await next.KillAsync();
            Assert.Empty(JobsOf(after).Intersect(finished));
        }

        using var last = FarmProcess.Start(_folder, id, Scenes, hold: "-");
        var end = await last.ReadUntilAsync(line => line.StartsWith("end", StringComparison.Ordinal));
        using var calm = FarmProcess.Start(_undisturbed, id, Scenes, hold: "-");
        var calmEnd = await calm.ReadUntilAsync(line => line.StartsWith("end", StringComparison.Ordinal));

        Assert.Equal("end Completed ", end[^1]);
        Assert.Equal("end Completed ", calmEnd[^1]);
        Assert.Equal(FilesOf(_undisturbed), FilesOf(_folder));
        output.WriteLine($"undisturbed: first job after {FirstJobMs(calmEnd)} ms");
    }

    private static IEnumerable<string> JobsOf(IEnumerable<string> lines) =>
        lines.Where(l => l.StartsWith("job ", StringComparison.Ordinal)).Select(l => l.Split(' ')[1]);

    private static string FirstJobMs(IEnumerable<string> lines) =>
        lines.FirstOrDefault(l => l.StartsWith("job ", StringComparison.Ordinal))?.Split(' ')[2] ?? "-";

    private static SortedDictionary<string, string> FilesOf(TemporaryFolder folder) => new(
        Directory.EnumerateFiles(folder["out"], "*", SearchOption.AllDirectories).ToDictionary(
            path => Path.GetRelativePath(folder["out"], path),
            path => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))),
        StringComparer.Ordinal);
}
