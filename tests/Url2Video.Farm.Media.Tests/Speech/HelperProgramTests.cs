using System.Diagnostics;
using System.Text;
using Url2Video.Farm.Media.Speech;

namespace Url2Video.Farm.Media.Tests.Speech;

public class HelperProgramTests
{
    [Fact]
    public void Run_Echo_ReturnsWhatWasFed()
    {
        var text = string.Concat(Enumerable.Repeat("line ä\n", 40_000));
        Assert.Equal(text, Encoding.UTF8.GetString(HelperProgram.Run("cat", [], text, 1_000_000, default)));
    }

    [Fact]
    public void Run_EndlessOutput_IsStoppedAtTheLimit() =>
        Assert.Contains("more than 100000 bytes", Assert.Throws<SpeechException>(() => HelperProgram.Run("yes", [], "", 100_000, default)).Message, StringComparison.Ordinal);

    [Fact]
    public void Run_Cancelled_KillsTheHelper()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        var watch = Stopwatch.StartNew();
        Assert.ThrowsAny<OperationCanceledException>(() => HelperProgram.Run("sleep", ["30"], "", 100, soon.Token));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Run_NotInstalledOrFailing_IsATypedError()
    {
        Assert.Equal(SpeechFailure.EngineFailed, Assert.Throws<SpeechException>(() => HelperProgram.Run("no-such-program-anywhere", [], "", 100, default)).Kind);
        Assert.Contains("ended with 1", Assert.Throws<SpeechException>(() => HelperProgram.Run("false", [], "some input", 100, default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ArgumentWithShellSigns_IsOneArgument() =>
        Assert.Equal("$(id); `id` | x\n", Encoding.UTF8.GetString(HelperProgram.Run("echo", ["$(id); `id` | x"], "", 100, default)));
}
