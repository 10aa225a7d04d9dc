using System.Diagnostics;
using System.Runtime.InteropServices;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Node.Plugins;

namespace Url2Video.Farm.EndToEnd.Tests.Plugins;

/// <summary>What Landlock does not stand before is refused to a plugin all the same, on every kernel; and root's plugin has nothing of root's.</summary>
public sealed class PluginKernelTests(PluginLab lab) : IClassFixture<PluginLab>
{
    /// <summary>Each is tried by a confined plugin and by the same script alone: so it was the confinement. The file is outside of the plugin, and its user's own.</summary>
    [Theory]
    [InlineData("truncate($file, 0)")]
    [InlineData("sysopen(F, $own, 512)")] // O_RDONLY with O_TRUNC, of a file that it may read.
    [InlineData("sysopen(F, $own, 515)")]
    [InlineData("chmod(0666, $file)")]
    [InlineData("open(F, \"<\", $own) && chmod(0666, *F)")]
    [InlineData("chown($<, -1, $file)")]
    [InlineData("utime(1, 1, $file)")]
    [InlineData("open(F, \"<\", $own) && utime(1, 1, *F)")]
    [InlineData("syscall(BOUNDS, getppid(), 7, 0, $room) == 0")]
    [InlineData("syscall(CLONE, 0x10000200, 0, 0, 0, 0) == -1 && $! == 22")]
    [InlineData("syscall(435, 0, 0) == -1 && $! == 22")]
    [InlineData("syscall(SHARE, 30001, 1, 0) == -1 && $! == 2")]
    [InlineData("syscall(SETX, $file, $name, $name, 1, 9) == -1 && $! != 1")]
    public void Confinement_WhatItMayNot_Fails(string attempt)
    {
        var file = Path.Combine(lab.Folder, "victim");
        File.WriteAllText(file, "kept");
        var before = (File.GetLastWriteTimeUtc(file), Mode(file));
        var script = $$"""
            $file = "{{file}}"; $own = "./run"; $room = "\0" x 16; $name = "user.x";
            $done = ({{Numbered(attempt)}}) ? "open" : "shut";
            print "U2VP" . pack("VV", 5, 4) . $done;
            """;
        var plugin = lab.Perl(script);

        var error = Assert.Throws<FarmException>(() => Opened(plugin)).Error;

        Assert.True(error.Message.Contains("gave up: shut", StringComparison.Ordinal), $"{attempt}: {error.Message}");
        Assert.Equal(("kept", before), (File.ReadAllText(file), (File.GetLastWriteTimeUtc(file), Mode(file))));
        plugin.Verify();
        Assert.EndsWith("open", Alone(plugin), StringComparison.Ordinal);
    }

    /// <summary>`plugin check` may be run by root, and no worker stands above it.</summary>
    [Fact]
    public void Confinement_OfRoot_KeepsNoneOfItsCapabilities()
    {
        const string NoneLeft = """
            open(S, "<", "/proc/self/status"); $sets = 0; $left = "";
            while (<S>) { if (/^Cap(Inh|Prm|Eff|Amb):\s*([0-9a-f]+)/) { $sets++; $left .= $1 if $2 !~ /^0+$/ } }
            print "U2VP" . pack("VV", 5, 4) . ($sets == 4 && $left eq "" ? "none" : "some");
            """;
        var plugin = lab.Perl(NoneLeft);

        Assert.Contains("gave up: none", Assert.Throws<FarmException>(() => Opened(plugin)).Error.Message, StringComparison.Ordinal);
        Assert.EndsWith(Environment.IsPrivilegedProcess ? "some" : "none", Alone(plugin), StringComparison.Ordinal);
    }

    /// <summary>It keeps what it made of each frame, so that the second order finds the answers of the first, if it can.</summary>
    [Fact]
    public void Check_PluginThatRemembersInItsScratch_IsFound()
    {
        var plugin = lab.Perl(
            """
            binmode(STDIN); binmode(STDOUT); $| = 1;
            sub take { my ($n, $b) = (shift, ""); while (length($b) < $n) { my $g = sysread(STDIN, $b, $n - length($b), length($b)); exit 0 unless $g } $b }
            sub size { (unpack("x4VV", take(12)))[1] }
            take(size());
            print "U2VP" . pack("VVV", 2, 12, 1) . "\x03bad\x031.0";
            while (1) {
                my $picture = take(size()); my $file = "$ENV{TMPDIR}/" . unpack("V", $picture);
                unless (-e $file) { open(O, ">", $file) or die; print O $seen++ + 0; close(O) }
                open(I, "<", $file) or die; my $value = <I>; close(I);
                substr($picture, 8, 1) = chr(16 + $value);
                print "U2VP" . pack("VV", 4, length($picture)) . $picture;
            }
            """,
            "[\"scratch\"]");
        var scratch = Directory.CreateDirectory(Path.Combine(lab.Folder, "remembering")).FullName;

        var error = Assert.Throws<FarmException>(() => new PluginCheck(PluginLab.ShelfOf(plugin), TimeProvider.System).Run(plugin, scratch, CancellationToken.None)).Error;

        Assert.Equal(ErrorCodes.PluginFailed, error.Code);
        Assert.Contains("made another picture of frame 0 when the frames came in another order", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetDirectories(scratch).Length);
    }

    private static string Numbered(string attempt)
    {
        var isX64 = RuntimeInformation.ProcessArchitecture == Architecture.X64;
        return attempt.Replace("BOUNDS", isX64 ? "302" : "261", StringComparison.Ordinal).Replace("CLONE", isX64 ? "56" : "220", StringComparison.Ordinal)
            .Replace("SHARE", isX64 ? "29" : "194", StringComparison.Ordinal).Replace("SETX", isX64 ? "188" : "5", StringComparison.Ordinal);
    }

    private static int Mode(string file) => OperatingSystem.IsWindows() ? 0 : (int)File.GetUnixFileMode(file);

    private static string Alone(PluginFolder plugin)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(plugin.Path, "run")) { WorkingDirectory = plugin.Path, RedirectStandardOutput = true })!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return said;
    }

    private void Opened(PluginFolder plugin)
    {
        using var filters = new PluginFilters(PluginLab.ShelfOf(plugin), lab.Folder, CancellationToken.None);
        filters.Open(PluginLab.Use(plugin), 192, 96, new FrameRate(30)).Dispose();
    }
}
