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

    /// <param name="script">Stands for the program that would confine itself and become the plugin.</param>
    private FarmError Refusal(string script, int millisMax)
    {
        var plugin = Plugin();
        using var process = PluginProcess.Start(PluginShelf.Of(plugin, ["/bin/sh", "-c", script]), plugin, "opening", null, CancellationToken.None);
        return Assert.Throws<FarmException>(() => process.Ask(PluginMessageKind.Hello, [1], PluginMessageKind.Ready, new byte[12], millisMax)).Error;
    }

    private PluginFolder Plugin()
    {
        var folder = Directory.CreateDirectory(_folder["plain"]).FullName;
        File.WriteAllText(Path.Combine(folder, "run"), "#!/bin/sh\n");
        File.WriteAllText(Path.Combine(folder, "plugin.json"), """
            { "schema": "url2video.plugin/1", "id": "plain", "version": "1.0", "kind": "frameEffect", "entry": "run", "permissions": [], "files": [] }
            """);
        return PluginSeal.Write(folder);
    }

    private static FilterUse UseOf(PluginFolder plugin) => new(plugin.Manifest.Id, plugin.Manifest.Sha256, "opening", [], 7);
}
