using System.Collections.Concurrent;
using System.Collections.Immutable;
using Url2Video.Farm.Media.Audio;
using Url2Video.Farm.Media.Speech.Normalising;
using Url2Video.Farm.Media.Speech.Signal;

namespace Url2Video.Farm.Media.Speech;

/// <summary>Joins utterances to one clip on the 48 kHz clock: exact silence between them, faded ends, times shifted along.</summary>
internal sealed class ClipBuilder(string source, ImmutableArray<SpokenUnit> units)
{
    /// <summary>20 ms before the first sound.</summary>
    private const int LeadSamples = 960;

    /// <summary>80 ms after the last sound.</summary>
    private const int TailSamples = 3_840;
    private const string Silence = "pau";
    private static readonly ConcurrentDictionary<int, Resampler> Resamplers = new();
    private readonly List<short> _pcm = [.. new short[LeadSamples]];
    private readonly ImmutableArray<PhoneTime>.Builder _phones = ImmutableArray.CreateBuilder<PhoneTime>();
    private readonly (long Start, long End)[] _spans = [.. Enumerable.Repeat((-1L, -1L), units.Length)];
    private long _phoneEnd;
    private bool _heard;

    internal void Add(PlannedUtterance plan, Utterance utterance, int pauseSamples)
    {
        var kept = SilenceTrim.Find(utterance.Pcm, utterance.RateHertz);
        var (skipped, length) = kept.GetOffsetAndLength(utterance.Pcm.Length);
        var sound = utterance.Pcm.AsSpan(skipped, length).ToArray();
        _heard |= length > 0;
        SilenceTrim.Fade(sound, utterance.RateHertz);
        var resampler = Resamplers.GetOrAdd(utterance.RateHertz, rate => new Resampler(rate));
        long offset = _pcm.Count;
        _pcm.AddRange(resampler.Run(sound));

        foreach (var phone in utterance.Phones)
        {
            var end = offset + resampler.Map(Math.Clamp(phone.End - skipped, 0, length));
            var start = Math.Max(_phoneEnd, offset);
            AddPhone(phone.Symbol, Math.Max(end, start));
            if (phone.Word >= 0 && phone.Word < plan.Units.Length)
            {
                var unit = plan.Units[phone.Word];
                var from = _spans[unit].Start < 0 ? start : _spans[unit].Start;
                _spans[unit] = (from, Math.Max(end, start));
            }
        }

        _pcm.AddRange(new short[pauseSamples]);
    }

    /// <exception cref="SpeechException">No utterance had any sound: the voice does not know the script.</exception>
    internal SpokenClip Build()
    {
        if (!_heard)
        {
            throw new SpeechException(SpeechFailure.NothingToSay, "The voice has no sounds for this text; choose a voice of its language.");
        }

        _pcm.AddRange(new short[TailSamples]);
        var pcm = _pcm.ToArray();
        SpeechPolish.Apply(pcm);
        AddPhone(Silence, pcm.Length);
        return new SpokenClip(pcm, Words(), _phones.ToImmutable());
    }

    private void AddPhone(string symbol, long end)
    {
        if (end > _phoneEnd)
        {
            // Silence between utterances is part of the pause that ends here.
            _phones.Add(new PhoneTime(symbol, VisemeMap.Of(symbol), _phoneEnd, end));
            _phoneEnd = end;
        }
    }

    private ImmutableArray<WordTime> Words()
    {
        var result = ImmutableArray.CreateBuilder<WordTime>(units.Length);
        long last = LeadSamples;
        for (var i = 0; i < units.Length; i++)
        {
            // A piece for which the engine made no sound is shown at the moment it would have been said.
            var (start, end) = _spans[i].Start < 0 ? (last, last) : _spans[i];
            start = Math.Max(start, last);
            end = Math.Max(end, start);
            var unit = units[i];
            result.Add(new WordTime(source.Substring(unit.SourceStart, unit.SourceLength), unit.SourceStart, unit.SourceLength, start, end));
            last = end;
        }

        return result.MoveToImmutable();
    }
}
