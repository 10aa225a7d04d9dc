using Url2Video.Farm.Media.Audio.Spatial;

namespace Url2Video.Farm.Media.Audio.Effects;

/// <summary>Effects put where they come from, kept because the same ones come again and again.</summary>
internal sealed class PlacedEffects(HeadFilters heads)
{
    /// <summary>Takes of an effect that has a place: with the places a film may have, all of them are kept, and what sounds at once is shared.</summary>
    internal const int PlacedVariants = 2;

    /// <summary>Stereo takes that are kept: at most 0.75 MiB each.</summary>
    private const int KeptMax = 256;
    private readonly Dictionary<(EffectKind, int, SoundPosition?), (int[] Stereo, int Lead)> _kept = [];

    /// <returns>Interleaved samples, and how many of them come before the moment of the cue.</returns>
    internal (int[] Stereo, int Lead) Of(EffectBank bank, SoundCue cue)
    {
        var variant = EffectBank.VariantOf(cue.Seed) % (cue.Position is null ? EffectBank.Variants : PlacedVariants);
        var key = (cue.Kind, variant, cue.Position);
        if (_kept.TryGetValue(key, out var placed))
        {
            return placed;
        }

        if (_kept.Count == KeptMax)
        {
            _kept.Clear();
        }

        var mono = bank.Take(cue.Kind, variant);
        return _kept[key] = cue.Position is { } position ? Filtered(mono, heads.Of(position)) : (Middle(mono), 0);
    }

    private static int[] Middle(int[] mono)
    {
        var stereo = new int[2 * mono.Length];
        for (var i = 0; i < mono.Length; i++)
        {
            (stereo[2 * i], stereo[2 * i + 1]) = (mono[i], mono[i]);
        }

        return stereo;
    }

    private static (int[] Stereo, int Lead) Filtered(int[] mono, HeadFilter filter)
    {
        // The filter's output begins Lead samples before the sound's own beginning and rings on after its end.
        var padded = new int[2 * filter.LeadSamples + mono.Length + filter.Taps];
        mono.CopyTo(padded, filter.LeadSamples);
        var stream = new HeadStream(filter);
        stream.Prime(padded.AsSpan(0, filter.LeadSamples));
        var rest = padded.AsSpan(filter.LeadSamples);
        var stereo = new int[2 * rest.Length];
        stream.AddTo(rest, stereo);
        return (stereo, filter.LeadSamples);
    }
}
