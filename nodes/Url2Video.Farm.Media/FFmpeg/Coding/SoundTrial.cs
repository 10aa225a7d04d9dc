using System.Security.Cryptography;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>Tries an encoder of sound as it will be used: half a second into a file.</summary>
internal static class SoundTrial
{
    internal static readonly IReadOnlyDictionary<string, SoundFileKind> Kinds = new Dictionary<string, SoundFileKind>(StringComparer.Ordinal)
    {
        ["flac"] = SoundFileKind.Flac,
        ["libopus"] = SoundFileKind.OpusWebM,
        ["libmp3lame"] = SoundFileKind.Mp3,
    };

    internal static void Hash(SoundFileKind kind, IncrementalHash hash)
    {
        var path = Path.GetTempFileName();
        try
        {
            using (var encoder = SoundFileEncoder.Create(kind, path))
            {
                encoder.Write(Sweep());
                encoder.Finish();
            }

            hash.AppendData(File.ReadAllBytes(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    // A triangle that rises in pitch, in whole numbers, so the same everywhere.
    private static float[] Sweep()
    {
        var samples = new float[48_000];
        var phase = 0;
        for (var i = 0; i < samples.Length; i += 2)
        {
            phase = (phase + 200 + i / 24) & 0xFFFF;
            samples[i] = (Math.Abs(phase - 0x8000) - 0x4000) / 32_768f;
            samples[i + 1] = -samples[i] / 2;
        }

        return samples;
    }
}
