using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Node.Plugins;

namespace Url2Video.Farm.Cluster.Tests.Work.Plugins;

/// <summary>What may be the machine's doing is tried again, there or elsewhere; what is the plugin's own ends the film at once.</summary>
public sealed class PluginRetryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("kill -9 $$", "was ended by signal 9", true)]
    [InlineData("exit 125", "was not let in", true)]
    [InlineData("exit 3", "ended with status 3", false)]
    [InlineData("printf 'this is no message at all'", "wrote something that is no message", false)]
    public void Ask_ProcessThatEnds_IsTriedAgainWhereTheMachineMayBeAtFault(string script, string how, bool retryable)
    {
        var error = Refusal(script, 60_000);

        Assert.Equal((ErrorCodes.PluginFailed, retryable), (error.Code, error.Retryable));
        Assert.Contains(how, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ask_NoAnswerInTime_IsTriedAgain()
    {
        var error = Refusal("exec sleep 600", 200);

        Assert.True(error.Retryable);
        Assert.Contains("did not answer within 0.2 s", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Open_PluginThatIsMissing_IsTriedAgainWhereOthersMayHaveIt(bool othersMayHave)
    {
        var plugin = Plugin();
        using var filters = new PluginFilters(PluginShelf.None.With(othersMayHave), _folder.Root, CancellationToken.None);

        var error = Assert.Throws<FarmException>(() => filters.Open(UseOf(plugin), 192, 96, new FrameRate(30))).Error;

        Assert.Equal((ErrorCodes.PluginMissing, othersMayHave), (error.Code, error.Retryable));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Open_PluginWhoseFilesChanged_IsTriedAgainWhereOthersMayHaveThem(bool othersMayHave)
    {
        var plugin = Plugin();
        File.AppendAllText(Path.Combine(plugin.Path, "run"), "# of a newer version");
        using var filters = new PluginFilters(PluginShelf.Of(plugin, ["/bin/sh", "-c", "exit 0"]).With(othersMayHave), _folder.Root, CancellationToken.None);

        var error = Assert.Throws<FarmException>(() => filters.Open(UseOf(plugin), 192, 96, new FrameRate(30))).Error;

        Assert.Equal((ErrorCodes.PluginInvalid, othersMayHave), (error.Code, error.Retryable));
    }

    /// <summary>Systems may forbid that one process opens what another has open: then pictures go through the pipe, and nobody is asked again.</summary>
    [Fact]
    public void Open_MemoryThatCannotBeHandedOver_GoesOnWithoutIt()
    {
        var plugin = Plugin(protocol: 2);
        var (log, ready) = (_folder["starts"], _folder["ready"]);
        File.WriteAllBytes(ready, [.. "U2VP"u8, 2, 0, 0, 0, 14, 0, 0, 0, 1, 0, 0, 0, 5, .. "plain"u8, 3, .. "1.0"u8]);
        var launcher = $"[ \"$5\" = - ] && what=pipe || what=memory; echo $what >> {log}; [ $what = pipe ] || exit 124; cat {ready}; exec cat > /dev/null";
        using var filters = new PluginFilters(PluginShelf.Of(plugin, ["/bin/sh", "-c", launcher, "sh"]), _folder.Root, CancellationToken.None);

        using var first = filters.Open(UseOf(plugin), 192, 96, new FrameRate(30));
        using var second = filters.Open(UseOf(plugin), 192, 96, new FrameRate(30));

        Assert.Equal(["memory", "pipe", "pipe"], File.ReadAllLines(log));
    }

    [Fact]
    public void Open_PluginThatFailsOtherwise_IsNotStartedTwice()
    {
        var (plugin, log) = (Plugin(protocol: 2), _folder["starts"]);
        using var filters = new PluginFilters(PluginShelf.Of(plugin, ["/bin/sh", "-c", $"echo >> {log}; exit 3"]), _folder.Root, CancellationToken.None);

        Assert.Throws<FarmException>(() => filters.Open(UseOf(plugin), 192, 96, new FrameRate(30)));

        Assert.Single(File.ReadAllLines(log));
    }

    /// <param name="script">Stands for the program that would confine itself and become the plugin.</param>
    private FarmError Refusal(string script, int millisMax)
    {
        var plugin = Plugin();
        using var process = PluginProcess.Start(PluginShelf.Of(plugin, ["/bin/sh", "-c", script]), plugin, "opening", null, CancellationToken.None);
        return Assert.Throws<FarmException>(() => process.Ask(PluginMessageKind.Hello, [1], PluginMessageKind.Ready, new byte[12], millisMax)).Error;
    }

    private PluginFolder Plugin(int protocol = 1)
    {
        var folder = Directory.CreateDirectory(_folder["plain"]).FullName;
        File.WriteAllText(Path.Combine(folder, "run"), "#!/bin/sh\n");
        File.WriteAllText(Path.Combine(folder, "plugin.json"), $$"""
            { "schema": "url2video.plugin/1", "id": "plain", "version": "1.0", "kind": "frameEffect", "protocol": {{protocol}}, "entry": "run", "permissions": [], "files": [] }
            """);
        return PluginSeal.Write(folder);
    }

    private static FilterUse UseOf(PluginFolder plugin) => new(plugin.Manifest.Id, plugin.Manifest.Sha256, "opening", [], 7);
}
