using System.Diagnostics;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Node.Plugins;

namespace Url2Video.Farm.EndToEnd.Tests.Plugins;

/// <summary>Pictures in memory that a plugin shares: what it does to it hurts its own picture at most.</summary>
public sealed class PluginMemoryTests(PluginLab lab) : IClassFixture<PluginLab>
{
    private const int Width = 192;
    private const int Height = 96;

    /// <summary>Reads the hello, opens the memory as M and says what it is ready for.</summary>
    private const string Begin = """
        binmode(STDIN); binmode(STDOUT); $| = 1;
        sub take { my ($n, $b) = (shift, ""); while (length($b) < $n) { my $g = sysread(STDIN, $b, $n - length($b), length($b)); exit 0 unless $g } $b }
        sub message { my ($kind, $size) = unpack("x4VV", take(12)); take($size) }
        sub say { my ($kind, $body) = @_; print "U2VP" . pack("VV", $kind, length($body)) . $body }
        sub put { my ($at, $bytes) = @_; sysseek(M, $at, 0); syswrite(M, $bytes) == length($bytes) or die "write: $!" }
        my ($number, $bytes) = unpack("V2", substr(message(), -8));
        open(M, "+<&=", $number) or die "open: $!";

        """;

    private const string Ready = """say(2, pack("V", 2) . "\x03bad\x031.0");""";

    [Fact]
    public void Frame_ThatAPluginChangesInPlace_IsWhatLiesThere()
    {
        using var opened = new Opened(lab, Ready + """while (1) { my $frame = message(); put(0, "\x55" x 100); put($bytes - 3, "\x66" x 3); say(4, $frame) }""");
        using var image = Grey();

        opened.Filter.Apply(3, image);

        Assert.All(image.RowY(0)[..100].ToArray(), v => Assert.Equal(0x55, v));
        Assert.Equal((100, 90), (image.RowY(0)[100], image.RowV(47)[92]));
        Assert.All(image.RowV(47)[93..].ToArray(), v => Assert.Equal(0x66, v));
    }

    /// <summary>A smaller file would end the farm's process at the next byte that it touches.</summary>
    [Theory]
    [InlineData("truncate(M, 0)")]
    [InlineData("truncate(M, $bytes - 4096)")]
    [InlineData("truncate(M, $bytes + 4096)")]
    [InlineData("fcntl(M, 1033, 8)")] // F_ADD_SEALS: no writing from now on.
    public void Memory_SizeAndSeals_StayAsTheyAre(string attempt)
    {
        using var opened = new Opened(lab, Ready + $$"""while (1) { my $frame = message(); my $done = (({{attempt}}) || -s M != $bytes) ? "open" : "shut"; say(5, $done) }""");
        using var image = Grey();

        var error = Assert.Throws<FarmException>(() => opened.Filter.Apply(0, image)).Error;

        Assert.Contains("gave up: shut", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("say(4, \"ab\")", "Picture of 2 bytes where Picture of 8 was due")]
    [InlineData("say(4, $frame . (\"\\0\" x $bytes))", "Picture of 27656 bytes where Picture of 8 was due")]
    [InlineData("say(4, pack(\"VV\", 6, 0))", "answered frame 6 where frame 5 was due")]
    [InlineData("exit 3", "ended with status 3")]
    public void Frame_AnswerThatLies_IsAnErrorThatNamesThePlugin(string answer, string how)
    {
        using var opened = new Opened(lab, Ready + $"while (1) {{ my $frame = message(); {answer} }}");
        using var image = Grey();

        var error = Assert.Throws<FarmException>(() => opened.Filter.Apply(5, image)).Error;

        Assert.Equal(ErrorCodes.PluginFailed, error.Code);
        Assert.StartsWith("Scene 'opening': the plugin bad 1.0 ", error.Message, StringComparison.Ordinal);
        Assert.Contains(how, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ready_ForAProtocolOfTheFuture_IsAnError()
    {
        var error = Assert.Throws<FarmException>(() => new Opened(lab, """say(2, pack("V", 3) . "\x03bad\x031.0"); message()""").Dispose()).Error;

        Assert.Contains("is ready as something else", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Frame_PluginThatHangsInTheMiddle_IsCutOffByTime()
    {
        using var opened = new Opened(lab, Ready + """message(); put(0, "\x55" x 100); while (1) { }""", frameMillisMax: 1_500);
        using var image = Grey();

        var error = Assert.Throws<FarmException>(() => opened.Filter.Apply(0, image)).Error;

        Assert.Contains("did not answer within 1.5 s", error.Message, StringComparison.Ordinal);
        Assert.Equal(100, image.RowY(0)[0]);
    }

    /// <summary>What is written while it is copied may or may not come; the next frame is the next frame.</summary>
    [Fact]
    public void Frame_PluginThatWritesOnAfterItsAnswer_IsStillAPicture()
    {
        using var opened = new Opened(lab, Ready + """while (1) { my $frame = message(); put(0, "\x55" x 10); say(4, $frame); for (1 .. 300) { put($_ * 64, chr($_ % 200) x 64) } }""");
        using var image = Grey();

        for (var frame = 0; frame < 5; frame++)
        {
            opened.Filter.Apply(frame, image);
            Assert.Equal(0x55, image.RowY(0)[9]);
        }
    }

    /// <summary>Two at once: neither finds the memory of the other open.</summary>
    [Fact]
    public void Memory_OfAnotherPlugin_IsNotOpen()
    {
        const string Count = """my $frame = message(); my $n = grep { (readlink($_) || "") =~ /url2video-plugin/ } glob("/proc/self/fd/*"); say(5, "sees $n");""";
        using var first = new Opened(lab, Ready + Count);
        using var second = new Opened(lab, Ready + Count);
        using var image = Grey();

        Assert.Contains("gave up: sees 1", Assert.Throws<FarmException>(() => first.Filter.Apply(0, image)).Error.Message, StringComparison.Ordinal);
        Assert.Contains("gave up: sees 1", Assert.Throws<FarmException>(() => second.Filter.Apply(0, image)).Error.Message, StringComparison.Ordinal);
    }

    /// <summary>Whatever else is started at the same moment finds nothing of it: the farm's own number of it is closed on exec, always.</summary>
    [Fact]
    public void Memory_OfAPluginThatIsStarted_IsNotOpenInOtherProcesses()
    {
        using var opened = new Opened(lab, Ready + "message()");
        using var other = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "ls -l /proc/self/fd"]) { RedirectStandardOutput = true })!;

        Assert.DoesNotContain("url2video-plugin", other.StandardOutput.ReadToEnd(), StringComparison.Ordinal);
        Assert.Contains("url2video-plugin", string.Join(' ', Directory.EnumerateFiles("/proc/self/fd").Select(f => File.ResolveLinkTarget(f, false)?.FullName)), StringComparison.Ordinal);
    }

    /// <summary>The farm can tell this end from all others, and starts the plugin once more without memory.</summary>
    [Fact]
    public void Memory_ThatCannotBeTakenOver_IsAnExitStatusOfItsOwn()
    {
        var plugin = lab.Script("exit 0", protocol: 2);
        using var process = Process.Start(new ProcessStartInfo(PluginLab.Program[0], [.. PluginLab.Program.Skip(1), .. PluginConfinement.ArgumentsOf(plugin, null, "/proc/self/fd/9999")]))!;
        process.WaitForExit();

        Assert.Equal(PluginConfinement.NoMemoryStatus, process.ExitCode);
    }

    /// <summary>A plugin of protocol 1 is told in protocol 1, and nothing more.</summary>
    [Fact]
    public void Hello_OfProtocolOne_EndsBehindTheParameters()
    {
        var (one, two) = (lab.Script("exit 0").Manifest, lab.Script("exit 1", protocol: 2).Manifest);
        using var memory = PluginMemory.TryCreate(4_096) ?? throw new InvalidOperationException("no files of memory here");
        var hello = new PluginHello(Width, Height, 30, 1, 7, []);

        var (first, second) = (hello.ToBytes(one, memory), hello.ToBytes(two, memory));

        Assert.Equal((1, 2), (first[0], second[0]));
        Assert.Equal([.. first[1..], 255, 0, 0, 0, 0, 16, 0, 0], second[1..]);
        Assert.Equal([.. first[1..], 0, 0, 0, 0, 0, 0, 0, 0], hello.ToBytes(two, null)[1..]);
    }

    private static YuvImage Grey()
    {
        var image = new YuvImage(Width, Height);
        image.Fill(100, 80, 90);
        return image;
    }

    /// <summary>A plugin of perl that has said hello. It may write files, or the kernel would not let it write to memory by its number.</summary>
    private sealed class Opened : IDisposable
    {
        private readonly PluginMemory _memory;

        public Opened(PluginLab lab, string script, int frameMillisMax = 60_000)
        {
            var plugin = lab.Perl(Begin + script, "[\"scratch\"]", protocol: 2);
            _memory = PluginMemory.TryCreate(PluginPicture.BytesOf(Width, Height)) ?? throw new InvalidOperationException("no files of memory here");
            var scratch = Directory.CreateDirectory(plugin.Path + "-scratch").FullName;
            var process = PluginProcess.Start(PluginLab.ShelfOf(plugin), plugin, "opening", scratch, CancellationToken.None, _memory);
            try
            {
                Filter = new PluginFilter(process, plugin, new PluginHello(Width, Height, 30, 1, 7, []), _memory, frameMillisMax);
            }
            catch
            {
                process.Dispose();
                _memory.Dispose();
                throw;
            }
        }

        public PluginFilter Filter { get; }

        public void Dispose()
        {
            Filter.Dispose();
            _memory.Dispose();
        }
    }
}
