using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Node.Plugins;

namespace Url2Video.Farm.EndToEnd.Tests.Plugins;

/// <summary>Whatever a plugin does is one error that names it and the scene; never a crash, a hang or a picture that is not one.</summary>
public sealed class HostilePluginTests(PluginLab lab) : IClassFixture<PluginLab>
{
    [Theory]
    [InlineData("exit 3", "ended with status 3")]
    [InlineData("echo oh dear >&2; exit 4", "oh dear")]
    [InlineData("printf 'hello, I am a plugin, and this is no message'", "no message")]
    [InlineData("while :; do printf 'floodfloodfloodflood'; done", "no message")]
    [InlineData("""printf 'U2VP\x02\x00\x00\x00\xff\xff\xff\x7f'""", "2147483647 bytes")]
    [InlineData("""printf 'U2VP\x02\x00\x00\x00\xff\xff\xff\xff'""", "-1 bytes")]
    [InlineData("""printf 'U2VP\x63\x00\x00\x00\x00\x00\x00\x00'""", "no message")]
    [InlineData("""printf 'U2VP\x04\x00\x00\x00\x0c\x00\x00\x00\x01\x00\x00\x00\x03bad\x031.0'""", "Picture of 12 bytes where Ready of 12 was due")]
    [InlineData("""printf 'U2VP\x02\x00\x00\x00\x0c\x00\x00\x00\x03\x00\x00\x00\x03bad\x031.0'""", "is ready as something else")]
    [InlineData("""printf 'U2VP\x02\x00\x00\x00\x0c\x00\x00\x00\x01\x00\x00\x00\x03bud\x031.0'""", "is ready as something else")]
    [InlineData("""printf 'U2VP\x05\x00\x00\x00\x06\x00\x00\x00I\x1bcant'""", "gave up: I cant")]
    public void Start_PluginThatMisbehaves_IsAnErrorThatNamesItAndTheScene(string script, string how)
    {
        var error = Assert.Throws<FarmException>(() => Opened(lab.Script(script))).Error;

        Assert.Equal(ErrorCodes.PluginFailed, error.Code);
        Assert.StartsWith("Scene 'opening': the plugin bad 1.0 ", error.Message, StringComparison.Ordinal);
        Assert.Contains(how, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, char.IsControl);
    }

    [Theory]
    [InlineData("exit 0", "ended with status 0")]
    [InlineData("exec 1>&-; while :; do :; done", "closed its output")]
    [InlineData("""printf 'U2VP\x04\x00\x00\x00\x02\x00\x00\x00ab'""", "Picture of 2 bytes")]
    [InlineData("""printf 'U2VP\x02\x00\x00\x00\x0c\x00\x00\x00\x01\x00\x00\x00\x03bad\x031.0'""", "Ready of 12 bytes where Picture")]
    [InlineData("""printf 'U2VP\x04\x00\x00\x00\x08\x6c\x00\x00'; while :; do printf 'aaaaaaaaaaaaaaaa'; done""", "answered frame 7016996765293437281 where frame 5 was due")]
    public void Frame_PluginThatMisbehaves_IsAnErrorThatNamesItAndTheScene(string script, string how)
    {
        var plugin = lab.Script(PluginLab.Ready + "\n" + script);
        using var filters = new PluginFilters(PluginLab.ShelfOf(plugin), lab.Folder, CancellationToken.None);
        using var filter = filters.Open(PluginLab.Use(plugin), 192, 96, new FrameRate(30));
        using var image = new YuvImage(192, 96);

        var error = Assert.Throws<FarmException>(() => filter.Apply(5, image)).Error;

        Assert.Equal(ErrorCodes.PluginFailed, error.Code);
        Assert.StartsWith("Scene 'opening': the plugin bad 1.0 ", error.Message, StringComparison.Ordinal);
        Assert.Contains(how, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hang_IsCutOffByTime()
    {
        var plugin = lab.Script("while :; do :; done");
        using var process = PluginProcess.Start(PluginLab.ShelfOf(plugin), plugin, "opening", null, CancellationToken.None);

        var error = Assert.Throws<FarmException>(() => process.Ask(PluginMessageKind.Hello, [1], PluginMessageKind.Ready, new byte[12], 1_500)).Error;

        Assert.Contains("did not answer within 1.5 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hang_OfAJobThatNobodyWaitsFor_EndsAtOnce()
    {
        var plugin = lab.Script("while :; do :; done");
        using var stop = new CancellationTokenSource();
        using var process = PluginProcess.Start(PluginLab.ShelfOf(plugin), plugin, "opening", null, stop.Token);
        var asking = Task.Run(() => process.Ask(PluginMessageKind.Hello, [1], PluginMessageKind.Ready, new byte[12], Limits.PluginStartMillisMax));

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    /// <summary>What it is told not to do it cannot do: it tries, and says what came of it.</summary>
    [Theory]
    [InlineData("a file outside", "read x < /etc/passwd")]
    [InlineData("another's command line", "read x < /proc/1/cmdline")]
    [InlineData("another's environment", "read x < /proc/1/environ")]
    [InlineData("a list of files outside", "compgen -f /etc/ > /dev/null")]
    [InlineData("writing beside itself", "echo x > ./new")]
    [InlineData("writing to /tmp", "echo x > /tmp/u2v-plugin-escape")]
    [InlineData("a connection", "exec 3<> /dev/tcp/127.0.0.1/1")]
    [InlineData("a signal to its starter", "kill -0 $PPID")]
    public void Confinement_WhatItMayNot_Fails(string what, string attempt)
    {
        var plugin = lab.Script($"if {{ {attempt}; }} 2>/dev/null; then t=open; else t=shut; fi\n" + """printf 'U2VP\x05\x00\x00\x00\x04\x00\x00\x00%s' $t""");

        var error = Assert.Throws<FarmException>(() => Opened(plugin)).Error;

        Assert.True(error.Message.Contains("gave up: shut", StringComparison.Ordinal), $"{what}: {error.Message}");
    }

    /// <summary>Bash gives up when it cannot fork; what matters is that nothing ran.</summary>
    [Fact]
    public void Confinement_AnotherProcess_DoesNotStart()
    {
        var plugin = lab.Script("/usr/bin/printf 'U2VP\\x05\\x00\\x00\\x00\\x04\\x00\\x00\\x00open' || exit 9; exit 8");

        var error = Assert.Throws<FarmException>(() => Opened(plugin)).Error;

        Assert.Equal(ErrorCodes.PluginFailed, error.Code);
        Assert.DoesNotContain("open", error.Message.Replace("opening", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("its own files", "read x < ./plugin.json")]
    [InlineData("the system's libraries", "[ -r /usr/bin/bash ]")]
    [InlineData("no environment of the node", "[ -z \"$URL2VIDEO_TEST_SECRET\" ]")]
    public void Confinement_WhatItMay_Works(string what, string attempt)
    {
        Environment.SetEnvironmentVariable("URL2VIDEO_TEST_SECRET", "not for plugins");
        var plugin = lab.Script($"if {{ {attempt}; }} 2>/dev/null; then t=open; else t=shut; fi\n" + """printf 'U2VP\x05\x00\x00\x00\x04\x00\x00\x00%s' $t""");

        var error = Assert.Throws<FarmException>(() => Opened(plugin)).Error;

        Assert.True(error.Message.Contains("gave up: open", StringComparison.Ordinal), $"{what}: {error.Message}");
    }

    [Theory]
    [InlineData("[]", "shut")]
    [InlineData("[\"scratch\"]", "open")]
    public void Confinement_Scratch_IsThereOnlyForWhoAskedForIt(string permissions, string outcome)
    {
        var plugin = lab.Script(
            "if { echo x > $TMPDIR/file; } 2>/dev/null; then t=open; else t=shut; fi\n" + """printf 'U2VP\x05\x00\x00\x00\x04\x00\x00\x00%s' $t""", permissions);

        var error = Assert.Throws<FarmException>(() => Opened(plugin)).Error;

        Assert.Contains($"gave up: {outcome}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_BeyondItsBound_EndsThePlugin()
    {
        var plugin = lab.Script("x=aaaaaaaaaaaaaaaa; while :; do x=$x$x; done");

        var error = Assert.Throws<FarmException>(() => Opened(plugin)).Error;

        Assert.Equal(ErrorCodes.PluginFailed, error.Code);
    }

    [Fact]
    public void Files_ChangedAfterTheSeal_AreRefused()
    {
        var plugin = lab.Script("exit 0");
        File.AppendAllText(Path.Combine(plugin.Path, "run"), "# and more");

        var error = Assert.Throws<FarmException>(() => Opened(plugin)).Error;

        Assert.Equal(ErrorCodes.PluginInvalid, error.Code);
        Assert.Contains("\"run\" is not the file that plugin.json names", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_ThatNobodyNamed_AreRefused()
    {
        var plugin = lab.Script("exit 0");
        File.WriteAllText(Path.Combine(plugin.Path, "more"), "x");

        Assert.Contains("\"more\" is not in plugin.json", Assert.Throws<FarmException>(plugin.Verify).Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_ThatAreLinks_AreRefused()
    {
        var plugin = lab.Script("exit 0");
        File.CreateSymbolicLink(Path.Combine(plugin.Path, "link"), "/etc/passwd");

        Assert.Contains("is a link", Assert.Throws<FarmException>(plugin.Verify).Error.Message, StringComparison.Ordinal);
    }

    private void Opened(PluginFolder plugin)
    {
        using var filters = new PluginFilters(PluginLab.ShelfOf(plugin), lab.Folder, CancellationToken.None);
        filters.Open(PluginLab.Use(plugin), 192, 96, new FrameRate(30)).Dispose();
    }
}
