using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Node.Probing;

/// <summary>
/// What trials of encoders and of the browser depend on, in one hash: the start of the machine, this program, the codec libraries that are really
/// loaded, devices, and browsers. While it stays the same, trying again would find the same.
/// </summary>
internal static class MachineStamp
{
    private const string BootId = "/proc/sys/kernel/random/boot_id";
    private const string Mapped = "/proc/self/maps";
    private static readonly string[] s_codecs = ["libav", "libsw", "libx26", "libvpx", "libSvtAv1"];

    /// <returns>Null where the system does not tell enough; then nothing may be remembered.</returns>
    public static string? Read()
    {
        if (!File.Exists(BootId) || !File.Exists(Mapped) || !FFmpegLibrary.IsAvailable)
        {
            return null;
        }

        var text = new StringBuilder();
        text.AppendLine(File.ReadAllText(BootId)).AppendLine(FFmpegLibrary.Versions);
        text.AppendLine(typeof(MachineStamp).Module.ModuleVersionId.ToString()).AppendLine(typeof(FFmpegLibrary).Module.ModuleVersionId.ToString());
        foreach (var path in Codecs().Concat(BrowserProbe.Candidates()))
        {
            var file = new FileInfo(path);
            text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"{path} {file.Length} {file.LastWriteTimeUtc.Ticks}"));
        }

        text.AppendJoin(' ', Devices("nvidia*").Concat(Devices("dri/*")).Order(StringComparer.Ordinal));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    // Not where they would be found, but which were: the loader has its own ideas.
    private static IEnumerable<string> Codecs() => File.ReadLines(Mapped)
        .Select(line => line.IndexOf('/', StringComparison.Ordinal) is var at and >= 0 ? line[at..] : string.Empty)
        .Where(path => s_codecs.Any(c => Path.GetFileName(path).StartsWith(c, StringComparison.Ordinal)))
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Devices(string pattern)
    {
        var folder = Path.Combine("/dev", Path.GetDirectoryName(pattern)!);
        return Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder, Path.GetFileName(pattern)) : [];
    }
}
