using System.ComponentModel;
using System.Diagnostics;

namespace Url2Video.Farm.Node.Probing;

/// <summary>Finds a Chromium that starts.</summary>
internal static class BrowserProbe
{
    private const int VersionCharsMax = 100;
    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome-headless-shell"];

    /// <returns>What it says of its version; empty when there is none.</returns>
    public static async Task<string> FindAsync(CancellationToken cancellation)
    {
        foreach (var path in Candidates())
        {
            if (await VersionOfAsync(path, cancellation).ConfigureAwait(false) is { Length: > 0 } version)
            {
                return version;
            }
        }

        return string.Empty;
    }

    /// <summary>Files that may be one, whether they start or not.</summary>
    public static IEnumerable<string> Candidates() => s_names.SelectMany(n => Folders().Select(f => Path.Combine(f, n))).Where(File.Exists);

    private static string[] Folders() => Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static async Task<string> VersionOfAsync(string path, CancellationToken cancellation)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(path, ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false });
            if (process is null)
            {
                return string.Empty;
            }

            try
            {
                var buffer = new char[VersionCharsMax];
                var read = await process.StandardOutput.ReadBlockAsync(buffer, cancellation).ConfigureAwait(false);
                return new string(buffer, 0, read).Split('\n')[0].Trim();
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill(entireProcessTree: true);
                }
            }
        }
        catch (Exception fault) when (fault is Win32Exception or InvalidOperationException or IOException)
        {
            return string.Empty;
        }
    }
}
