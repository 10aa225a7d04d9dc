using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Url2Video.Farm.Media.Speech.Flite;

/// <summary>A flite voice as registered in this process.</summary>
/// <param name="WordsPerMinute">Source words a minute at duration_stretch 1, pauses included: measured on 150 words of story, news and product text.</param>
internal sealed record FliteVoice(VoiceInfo Info, nint Native, int WordsPerMinute);

/// <summary>Loads the voice libraries that are installed; a missing one is simply no voice.</summary>
internal static class FliteVoices
{
    private static readonly Lazy<ImmutableArray<FliteVoice>> All = new(Load, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>The library does not tell its version, the name of the file behind <c>libflite.so.1</c> does.</summary>
    private static readonly Lazy<string> Version = new(() => VersionIn(File.Exists(Maps) ? File.ReadLines(Maps) : []));

    private const string Maps = "/proc/self/maps";

    /// <summary>Registered voices, best first; empty when flite is not installed.</summary>
    internal static ImmutableArray<FliteVoice> Installed => All.Value;

    internal static string VersionIn(IEnumerable<string> memoryMap)
    {
        const string name = "/libflite.so.";
        var line = memoryMap.FirstOrDefault(l => l.Contains(name, StringComparison.Ordinal));
        return line is null ? "2" : line[(line.IndexOf(name, StringComparison.Ordinal) + name.Length)..].Split(' ')[0];
    }

    private static ImmutableArray<FliteVoice> Load()
    {
        if (!NativeLibrary.TryLoad(FliteNative.Library, out _) || FliteNative.flite_init() < 0)
        {
            return [];
        }

        // Order: fewest words misheard by a recogniser first (3.0 %, 7.8, 7.8, 6.9 on the same sentences; kal16 is a diphone voice).
        FliteVoice?[] voices =
        [
            Register("rms", "en-us", VoiceGender.Male, VoiceGrade.A, 153),
            Register("slt", "en-us", VoiceGender.Female, VoiceGrade.A, 174),
            Register("awb", "en-gb", VoiceGender.Male, VoiceGrade.A, 170),
            Register("kal16", "en-us", VoiceGender.Male, VoiceGrade.B, 172),
        ];
        return [.. voices.OfType<FliteVoice>()];
    }

    private static unsafe FliteVoice? Register(string name, string language, VoiceGender gender, VoiceGrade grade, int wordsPerMinute)
    {
        if (!NativeLibrary.TryLoad($"libflite_cmu_us_{name}.so.1", out var library)
            || !NativeLibrary.TryGetExport(library, $"register_cmu_us_{name}", out var register))
        {
            return null;
        }

        var native = ((delegate* unmanaged<nint, nint>)register)(0);
        return native == 0
            ? null
            : new FliteVoice(new VoiceInfo($"flite:{name}", "flite", Version.Value, language, gender, grade, $"CMU {name} (flite)"), native, wordsPerMinute);
    }
}
