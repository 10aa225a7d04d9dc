using System.Runtime.InteropServices;

namespace Url2Video.Farm.Media.Tests.Speech;

/// <summary>What of the speech and sound tools this machine has. Tests that need an absent one are skipped, visibly.</summary>
internal static class Present
{
    internal static readonly bool Flite = NativeLibrary.TryLoad("libflite.so.1", out _) && NativeLibrary.TryLoad("libflite_cmu_us_slt.so.1", out _);
    internal static readonly bool Espeak = OnPath("espeak-ng");
    internal static readonly bool Ffmpeg = OnPath("ffmpeg");

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(directory => File.Exists(Path.Combine(directory, program)));
}

[AttributeUsage(AttributeTargets.Method)]
internal sealed class FliteFactAttribute : FactAttribute
{
    public FliteFactAttribute() => Skip = Present.Flite ? null : "libflite.so.1 with the slt voice is not installed";
}

[AttributeUsage(AttributeTargets.Method)]
internal sealed class EspeakFactAttribute : FactAttribute
{
    public EspeakFactAttribute() => Skip = Present.Espeak ? null : "espeak-ng is not installed";
}

[AttributeUsage(AttributeTargets.Method)]
internal sealed class EspeakTheoryAttribute : TheoryAttribute
{
    public EspeakTheoryAttribute() => Skip = Present.Espeak ? null : "espeak-ng is not installed";
}

[AttributeUsage(AttributeTargets.Method)]
internal sealed class FfmpegTheoryAttribute : TheoryAttribute
{
    public FfmpegTheoryAttribute() => Skip = Present.Ffmpeg ? null : "the ffmpeg program is not installed";
}
