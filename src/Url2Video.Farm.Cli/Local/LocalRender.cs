using System.Diagnostics;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Local;

/// <summary>A film made by one process of this program, as <c>url2video render</c> does it.</summary>
internal static class LocalRender
{
    /// <exception cref="FarmException"><c>ERR_INTERNAL</c> with what the process said.</exception>
    public static async Task RunAsync(string storyboard, string outDir, string dataDir, CancellationToken cancellation)
    {
        string[] line = [.. FarmProcess.ThisProgram(), "render", storyboard, "--out", outDir, "--data", dataDir, "--format", "mp4,hls", "--ladder", "180,144", "--json"];
        using var process = Process.Start(new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        _ = await output.ConfigureAwait(false);
        if (process.ExitCode != 0)
        {
            throw new FarmException(ErrorCodes.Internal, $"The film for comparison could not be made: {(await errors.ConfigureAwait(false)).Trim()}");
        }
    }
}
