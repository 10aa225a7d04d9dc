using System.Diagnostics;
using Url2Video.Farm.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace Url2Video.Farm.EndToEnd.Tests.Deployment;

/// <summary>What the images run, on roots with nothing but the Dockerfile's packages: <c>docker/try-without-docker</c>.</summary>
[Collection("farm")]
public sealed class BareRootTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [BareRootFact]
    public async Task PublishedProgram_OnReadOnlyRootsWithoutCapabilities_MakesAFilm()
    {
        using var folder = new FarmFolder();
        var built = Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)))!;
        await RunAsync(
            "dotnet", "publish", Path.Combine(Manifests.Root, "src", "Url2Video.Farm.Cli"), "--no-build", "-c", built, "-o", folder["app"], "--nologo", "-v", "quiet");

        var told = await RunAsync(Path.Combine(Manifests.Root, "docker", "try-without-docker"), folder["tried"], ("URL2VIDEO_PUBLISHED", folder["app"]));

        Assert.Equal(12, told.Split('\n').Count(l => l.StartsWith("ok ", StringComparison.Ordinal)));
        Assert.False(Directory.Exists(folder["tried"]));
    }

    private Task<string> RunAsync(string program, params string[] arguments) => RunAsync(program, arguments, []);

    private Task<string> RunAsync(string program, string argument, params (string Name, string Value)[] environment) => RunAsync(program, [argument], environment);

    private async Task<string> RunAsync(string program, string[] arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            var (told, error) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            output.WriteLine(await told + await error);
            Assert.Equal(0, process.ExitCode);
            return await told;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}

/// <summary>Needs root and the images' own system; skipped, with the reason, elsewhere.</summary>
internal sealed class BareRootFactAttribute : FactAttribute
{
    private static readonly string[] Programs =
    [
        "/usr/bin/unshare", "/usr/bin/setpriv", "/usr/bin/curl", "/usr/bin/openssl", "/usr/bin/dpkg-query", "/usr/sbin/ldconfig", "/usr/sbin/ip", "/usr/bin/ffmpeg", "/usr/bin/espeak-ng",
    ];

    public BareRootFactAttribute()
    {
        var missing = Programs.Where(p => !File.Exists(p)).ToArray();
        Skip = Environment.UserName != "root" ? "namespaces and mounts need root"
            : !File.Exists("/etc/os-release") || !File.ReadAllText("/etc/os-release").Contains("VERSION_ID=\"12\"", StringComparison.Ordinal) ? "the images are Debian 12, this is not"
            : missing.Length > 0 ? $"not installed: {string.Join(", ", missing)}"
            : !Directory.Exists("/usr/share/fonts/truetype/noto") || !Directory.Exists("/usr/share/fonts/truetype/dejavu") ? "fonts-noto-core and fonts-dejavu-core are not installed"
            : null;
    }
}
