using System.Diagnostics;
using Url2Video.Farm.EndToEnd.Tests.Support;

namespace Url2Video.Farm.EndToEnd.Tests.Deployment;

/// <summary>How the launchers keep compiled images: <c>src/launch.sh</c> in a folder of its own, with a compiler that only writes which sources it was given.</summary>
public sealed class LauncherTests : IDisposable
{
    private readonly TempFolder _root = new();

    public LauncherTests()
    {
        foreach (var folder in (string[])["src", "bin", ".farm"])
        {
            Directory.CreateDirectory(_root[folder]);
        }

        File.WriteAllText(_root["src/Images.proj"], "");
        File.WriteAllText(_root["Directory.Packages.props"], "");
        Stub("dotnet", """for a in "$@"; do case "$a" in -p:To=*) cat "$FARM_ROOT/sources" > "${a#-p:To=}/url2video.dll" ;; esac; done""");
    }

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Images_AfterAChange_AreAnotherFolderAndTheOldOneStaysForTwoMore()
    {
        var first = Compile("one");
        var second = Compile("two");

        Assert.NotEqual(Path.GetDirectoryName(first), Path.GetDirectoryName(second));
        Assert.Equal(("one", "two"), (File.ReadAllText(first), File.ReadAllText(second)));

        Compile("three");

        Assert.False(File.Exists(first));
        Assert.True(File.Exists(second));
    }

    [Fact]
    public void Images_ThatAProcessRunsFrom_Stay()
    {
        var first = Compile("one");
        using var running = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", $"exec -a '{first}' sleep 600"]))!;
        try
        {
            Assert.True(SpinWait.SpinUntil(() => File.ReadAllText($"/proc/{running.Id}/cmdline").StartsWith(first, StringComparison.Ordinal), TimeSpan.FromSeconds(60)));
            Compile("two");
            Compile("three");

            Assert.True(File.Exists(first));
        }
        finally
        {
            running.Kill();
            running.WaitForExit();
        }
    }

    /// <summary>A shell that ended between making its link and giving it its name.</summary>
    [Fact]
    public void Link_LeftByACrash_IsNeitherTakenNorKept()
    {
        var first = Compile("one");
        foreach (var left in (string[])["program.next", "program.1"])
        {
            File.CreateSymbolicLink(_root[".farm/" + left], Path.GetFileName(Path.GetDirectoryName(first)!));
        }

        var second = Compile("two");

        Assert.Equal("two", File.ReadAllText(second));
        Assert.Equal(["program"], Directory.EnumerateFileSystemEntries(_root[".farm"], "program*").Select(Path.GetFileName));
        Assert.Equal(["complete", "url2video.dll"], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(first)!).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Images_BySeveralShellsAtOnce_AreWholeAndTheLastIsLinked()
    {
        File.WriteAllText(_root["sources"], "same");
        var told = Shell("for i in 1 2 3 4; do (flock 9; farm_images 9>&-) 9>.farm/build.lock & done; wait; farm_program");

        Assert.Equal("same", File.ReadAllText(told));
        Assert.Equal(2, Directory.EnumerateDirectories(_root[".farm"], "app-*").Count());
    }

    /// <summary>A step that fails is the end of it: nothing is copied to a folder that is not there, and what is of former sources is not run.</summary>
    [Theory]
    [InlineData("mktemp", "exit 1")]
    [InlineData("cp", "exit 1")]
    [InlineData("ln", "exit 1")]
    [InlineData("dotnet", "exit 1")]
    public void Images_AStepThatFails_LeavesTheFarmAsItWasBuilt(string program, string body)
    {
        Compile("one");
        Stub(program, body);
        if (program == "mktemp")
        {
            Stub("cp", "echo \"$@\" > \"$FARM_ROOT/copied\"");
        }

        File.WriteAllText(_root["sources"], "two");

        Assert.Equal("done", Shell("(farm_images; echo done) || echo failed; farm_program"));

        Assert.False(File.Exists(_root["copied"]));
        Assert.Single(Directory.EnumerateDirectories(_root[".farm"], "app-*")); // The one that was there: somebody may run from it.
    }

    // What a launcher would run after a change.
    private string Compile(string sources)
    {
        File.WriteAllText(_root["sources"], sources);
        return Shell("(farm_images) || exit 1; farm_program");
    }

    private void Stub(string program, string body)
    {
        File.WriteAllText(_root["bin/" + program], "#!/bin/bash\n" + body + "\n");
        Assert.False(OperatingSystem.IsWindows(), "The launchers are for Linux.");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_root["bin/" + program], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private string Shell(string script)
    {
        var start = new ProcessStartInfo("/bin/bash", ["-c", $"set -euo pipefail; cd \"$FARM_ROOT\"; . \"$LAUNCH\"; {script}"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["FARM_ROOT"] = _root.Path;
        start.Environment["LAUNCH"] = Path.Combine(Manifests.Root, "src", "launch.sh");
        start.Environment["PATH"] = _root["bin"] + ":/usr/bin:/bin";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var told = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
        return told.Trim();
    }
}
