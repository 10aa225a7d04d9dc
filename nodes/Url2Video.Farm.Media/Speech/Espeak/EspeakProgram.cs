using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Url2Video.Farm.Media.Speech.Espeak;

/// <summary>
/// The <c>espeak-ng</c> program, one process an utterance: a second utterance in one process sounds different from the
/// first, and the program is GPL, so it is never loaded into ours.
/// </summary>
internal static class EspeakProgram
{
    internal const string Name = "espeak-ng";

    /// <summary>Speaks SSML (inside <c>speak</c>) and returns the samples with their rate.</summary>
    /// <param name="file">Voice file as listed, e.g. <c>gmw/de</c>.</param>
    /// <param name="speed">The program's own words per minute.</param>
    internal static (short[] Pcm, int RateHertz) Speak(string file, int speed, string ssml, CancellationToken cancellationToken)
    {
        string[] arguments = ["-v", file, "-s", speed.ToString(CultureInfo.InvariantCulture), "-m", "-z", "-b", "1", "--stdin", "--stdout"];
        var wav = HelperProgram.Run(Name, arguments, $"<speak>{ssml}</speak>", SpeechLimits.HelperBytesMax, cancellationToken);
        return Parse(wav);
    }

    /// <summary>International phonetic alphabet: words apart by blanks or lines, sounds by <c>_</c>.</summary>
    internal static string Ipa(string file, string ssml, CancellationToken cancellationToken)
    {
        string[] arguments = ["-v", file, "-m", "-q", "-b", "1", "--ipa", "--sep=_", "--stdin"];
        var bytes = HelperProgram.Run(Name, arguments, $"<speak>{ssml}</speak>", 64 * 1024, cancellationToken);
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>A stream has no length yet when its header is written, so everything after <c>data</c> is sound.</summary>
    internal static (short[] Pcm, int RateHertz) Parse(ReadOnlySpan<byte> wav)
    {
        const int header = 44;
        if (wav.Length < header || !wav.StartsWith("RIFF"u8) || !wav[36..40].SequenceEqual("data"u8)
            || wav[22] != 1 || wav[34] != 16)
        {
            throw new SpeechException(SpeechFailure.EngineFailed, $"{Name} gave no 16-bit mono WAV ({wav.Length} bytes).");
        }

        var rate = BinaryPrimitives.ReadInt32LittleEndian(wav[24..]);
        if (rate is < 8_000 or > 48_000)
        {
            throw new SpeechException(SpeechFailure.EngineFailed, $"{Name} gave {rate} Hz.");
        }

        var pcm = new short[(wav.Length - header) / 2];
        for (var i = 0; i < pcm.Length; i++)
        {
            pcm[i] = BinaryPrimitives.ReadInt16LittleEndian(wav[(header + 2 * i)..]);
        }

        return (pcm, rate);
    }
}
