using System.Diagnostics;
using Url2Video.Farm.Core.Projects;
using Xunit.Abstractions;
using static Url2Video.Farm.Core.Projects.ProjectMessage;

namespace Url2Video.Farm.Core.Tests.Projects;

/// <summary>A film of ten hours must not make each event dearer than one of a minute.</summary>
public sealed class ProjectSizeTests(ITestOutputHelper output)
{
    private const long BytesPerTurnMax = 32 * 1024;

    [Theory]
    [InlineData(1_000)]
    [InlineData(10_000)]
    [InlineData(100_000)]
    public void LongFilm_OneTurn_CostsTheSameWhateverTheLength(int chunks)
    {
        var driver = ProjectDriver.Rendering(chunks);
        driver.Take(driver.Finished("mix"));
        var turns = Math.Min(chunks, 10_000) - Limits.LookAheadChunksMax;
        var (watch, before) = (Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread());

        for (var chunk = 0; chunk < turns; chunk++)
        {
            driver.Take(driver.Finished(JobNames.Render(chunk)));
            driver.Take(new Published(chunk + 1));
        }

        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (2 * turns);
        output.WriteLine($"{chunks} chunks: {watch.Elapsed.TotalMicroseconds / (2 * turns):F1} µs and {bytes} bytes a turn");
        Assert.InRange(bytes, 1, BytesPerTurnMax);
    }

    [Fact]
    public void LongFilm_FinishedAndRecovered_IsWhole()
    {
        const int Chunks = 10_000;
        var driver = ProjectDriver.Rendering(Chunks);
        driver.Take(driver.Finished("mix"));
        while (driver.State.ChunksPublished < Chunks)
        {
            driver.FinishOpen();
            driver.Take(new Published(driver.State.ChunksReady));
        }

        Assert.Equal(ProjectPhase.Assembling, driver.State.Phase);
        Assert.Equal(["assemble"], driver.OpenNames);
        Assert.Equal(Chunks / Limits.LookAheadChunksMax + 1, driver.Journal.OfType<ProjectEvent.ChunksFinished>().Count());
    }
}
