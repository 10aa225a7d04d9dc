using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Url2Video.Farm.Media.Speech.Flite;

/// <summary>
/// English speech by flite, in this process. The library keeps global state (voice features, the C random generator
/// behind its excitation noise), so utterances are made one at a time and the generator is set before each:
/// the same words give the same bytes whatever was said before.
/// </summary>
internal sealed class FliteEngine(FliteVoice voice) : ISpeechEngine
{
    private const uint NoiseSeed = 0x5eed;
    private static readonly Lock OneAtATime = new();
    private static readonly Lazy<nint> Pipeline = new(() => NativeLibrary.GetExport(NativeLibrary.Load(FliteNative.Library), "utt_synth"));

    public Utterance Synthesise(ImmutableArray<string> words, int wordsPerMinute, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (OneAtATime)
        {
            using var utterance = SafeUtteranceHandle.Create();
            var text = string.Join(' ', words);
            var failed = FliteNative.utt_set_input_text(utterance, text) < 0;
            SetStretch(utterance, (float)voice.WordsPerMinute / wordsPerMinute);
            FliteNative.srand(NoiseSeed);
            failed |= FliteNative.flite_do_synth(utterance, voice.Native, Pipeline.Value) == 0;
            var wave = failed ? 0 : FliteNative.utt_wave(utterance);
            if (wave == 0)
            {
                throw new SpeechException(SpeechFailure.EngineFailed, $"{voice.Info.Id} made no sound.");
            }

            return Read(wave, FliteWords.Read(utterance, words));
        }
    }

    /// <summary>The pace is a feature of the utterance, not of the voice: nothing leaks into the next one.</summary>
    private static unsafe void SetStretch(SafeUtteranceHandle utterance, float stretch)
    {
        var added = false;
        try
        {
            utterance.DangerousAddRef(ref added);
            // struct cst_utterance_struct { cst_features *features; … }: the first member since flite 1.0.
            var features = *(nint*)utterance.DangerousGetHandle();
            // A u8 literal lies in the assembly's read-only data, which never moves.
            fixed (byte* name = "duration_stretch\0"u8)
            {
                FliteNative.feat_set_float(features, name, stretch);
            }
        }
        finally
        {
            if (added)
            {
                utterance.DangerousRelease();
            }
        }
    }

    private static unsafe Utterance Read(nint wave, ImmutableArray<(string Symbol, int Word, float EndSeconds)> phones)
    {
        var head = *(Wave*)wave;
        if (head.Channels != 1 || head.Samples <= 0 || head.Rate is < 8_000 or > 48_000)
        {
            throw new SpeechException(SpeechFailure.EngineFailed, $"flite gave {head.Samples} samples, {head.Channels} channels, {head.Rate} Hz.");
        }

        var pcm = new ReadOnlySpan<short>(head.Pcm, head.Samples).ToArray();
        var ends = ImmutableArray.CreateBuilder<UtterancePhone>(phones.Length);
        var last = 0;
        foreach (var (symbol, word, seconds) in phones)
        {
            last = Math.Clamp((int)((double)seconds * head.Rate), last, pcm.Length);
            ends.Add(new UtterancePhone(symbol, word, last));
        }

        return new Utterance(pcm, head.Rate, ends.MoveToImmutable());
    }

    /// <summary><c>cst_wave_struct</c> of flite 1.0 to 2.2.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct Wave
    {
        public nint Type;
        public int Rate;
        public int Samples;
        public int Channels;
        public short* Pcm;
    }
}
