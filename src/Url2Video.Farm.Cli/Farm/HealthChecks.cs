using System.Globalization;
using System.Runtime.InteropServices;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Speech;
using Url2Video.Farm.Media.Text;
using Url2Video.Farm.Node.Work;

namespace Url2Video.Farm.Cli.Farm;

internal enum HealthLevel
{
    Ok,

    /// <summary>Something people may want to know; a render works without it.</summary>
    Note,
    Failed,
}

/// <param name="Fix">The line that mends it, or null.</param>
internal sealed record HealthCheck(string Name, HealthLevel Level, string Detail, string? Fix = null);

/// <summary>Tries things rather than asking whether a package is installed.</summary>
internal static class HealthChecks
{
    private const long FreeBytesMin = 2L * 1024 * 1024 * 1024;

    public static IEnumerable<HealthCheck> All(string dataDir)
    {
        yield return Machine();
        yield return Guarded("ffmpeg libraries", "apt-get install -y ffmpeg", static () =>
            FFmpegLibrary.Refusal is { } refusal ? throw new InvalidOperationException(refusal) : FFmpegLibrary.Versions);
        yield return Guarded("H.264 encoder", "apt-get install -y ffmpeg", TryEncoder);
        yield return Guarded("voices", "apt-get install -y libflite1 espeak-ng", static () => Voices(VoiceCatalog.Discover()));
        yield return Guarded("fonts", "apt-get install -y fonts-dejavu-core fonts-noto-core", static () => Fonts(FilmFonts.Shared));
        yield return Data(dataDir);
        yield return Gpu();
    }

    private static HealthCheck Machine() => new(
        "machine",
        HealthLevel.Ok,
        string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024):0.0} GiB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}"));

    private static string TryEncoder()
    {
        using var image = new YuvImage(128, 128);
        image.Fill(100, 128, 128);
        using var encoder = VideoEncoder.Open(new VideoEncoderOptions { Width = 128, Height = 128, FpsNum = 30, Crf = 30, Preset = "ultrafast", GopFrames = 2 });
        var packets = 0;
        encoder.Encode(image, 0, _ => packets++);
        encoder.Encode(image, 1, _ => packets++);
        encoder.Flush(_ => packets++);
        return packets == 2 ? "libx264 encodes" : throw new InvalidOperationException($"libx264 gave {packets} of 2 frames.");
    }

    private static string Voices(VoiceCatalog catalog) =>
        catalog.Voices.IsEmpty
            ? throw new InvalidOperationException("No voice is installed.")
            : string.Join(", ", catalog.Voices.GroupBy(v => v.Engine).Select(g => $"{g.Key}: {g.Count()}"));

    private static string Fonts(FontSet fonts) => fonts.HasFamily("Noto Sans") && fonts.HasFamily("DejaVu Sans")
        ? "Noto Sans, DejaVu Sans"
        : throw new InvalidOperationException("Noto Sans or DejaVu Sans is missing; texts would be set in another face.");

    private static HealthCheck Data(string dataDir)
    {
        try
        {
            var existing = new DirectoryInfo(dataDir);
            while (!existing.Exists)
            {
                existing = existing.Parent ?? throw new DirectoryNotFoundException(dataDir);
            }

            var free = new DriveInfo(existing.FullName).AvailableFreeSpace;
            var text = string.Create(CultureInfo.InvariantCulture, $"{dataDir}, {free / (1024.0 * 1024 * 1024):0.0} GiB free");
            return free < FreeBytesMin
                ? new HealthCheck("data folder", HealthLevel.Note, text, "Less than 2 GiB is little for long films; choose another --data folder.")
                : new HealthCheck("data folder", HealthLevel.Ok, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new HealthCheck("data folder", HealthLevel.Failed, e.Message, "Choose another --data folder.");
        }
    }

    private static HealthCheck Gpu() => NativeLibrary.TryLoad("libcuda.so.1", out _)
        ? new HealthCheck("GPU", HealthLevel.Note, "a CUDA driver is here; the farm renders on the CPU so far")
        : new HealthCheck("GPU", HealthLevel.Note, "none found; the farm renders on the CPU");

    private static HealthCheck Guarded(string name, string fix, Func<string> check)
    {
        try
        {
            return new HealthCheck(name, HealthLevel.Ok, check());
        }
#pragma warning disable CA1031 // Whatever goes wrong in a check is its finding.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new HealthCheck(name, HealthLevel.Failed, e.Message, fix);
        }
    }
}
