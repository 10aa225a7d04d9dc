namespace Url2Video.Farm.Core.Tests.Repository;

/// <summary>Style is a failing test: short files, no unfinished work, nothing that names one machine.</summary>
public sealed class StyleRulesTests
{
    private const int LinesPerFileMax = 400;

    private static readonly string[] UnfinishedWords = ["TO" + "DO", "FIX" + "ME", "NotImplemented" + "Exception", "HA" + "CK:"];

    [Fact]
    public void SourceFiles_AreShort()
    {
        var long_ = RepositoryFiles.Sources()
            .Select(f => (File: f, Lines: RepositoryFiles.Read(f).Count(c => c == '\n')))
            .Where(f => f.Lines > LinesPerFileMax)
            .Select(f => $"{f.File}: {f.Lines} lines");

        Assert.Empty(long_);
    }

    [Fact]
    public void SourceFiles_HoldNoUnfinishedWork()
    {
        var unfinished = RepositoryFiles.Sources()
            .SelectMany(f => UnfinishedWords.Where(w => RepositoryFiles.Read(f).Contains(w, StringComparison.Ordinal)).Select(w => $"{f}: {w}"));

        Assert.Empty(unfinished);
    }

    [Fact]
    public void Tests_DoNotSleep()
    {
        // A wait for the event itself, or a virtual clock, never a guess at how long something takes.
        var sleepers = RepositoryFiles.Below("tests", "*.cs")
            .Where(f => RepositoryFiles.Read(f).Contains("Thread." + "Sleep(", StringComparison.Ordinal));

        Assert.Empty(sleepers);
    }

    [Fact]
    public void MedianFile_IsSmall()
    {
        var lines = RepositoryFiles.Sources().Select(f => RepositoryFiles.Read(f).Count(c => c == '\n')).Order().ToArray();

        Assert.InRange(lines[lines.Length / 2], 1, 120);
    }
}
