using System.Collections.Immutable;
using Url2Video.Farm.Media.Speech.Espeak;
using Url2Video.Farm.Media.Speech.Flite;

namespace Url2Video.Farm.Media.Speech;

/// <summary>The voices that are really on this machine, and the choice of one. Immutable.</summary>
public sealed class VoiceCatalog
{
    private const int NamedMax = 12;
    private readonly ImmutableDictionary<string, ISpeechEngine> _engines;

    internal VoiceCatalog(IEnumerable<(VoiceInfo Info, ISpeechEngine Engine)> voices)
    {
        var all = voices.ToImmutableArray();
        Voices = [.. all.Select(v => v.Info)];
        _engines = all.ToImmutableDictionary(v => v.Info.Id, v => v.Engine, StringComparer.Ordinal);
    }

    /// <summary>Best first within an engine; flite before espeak.</summary>
    public ImmutableArray<VoiceInfo> Voices { get; }

    /// <summary>Loads flite and asks <c>espeak-ng</c>; takes some 30 ms. An engine that is not installed adds nothing.</summary>
    public static VoiceCatalog Discover(CancellationToken cancellationToken = default)
    {
        var flite = FliteVoices.Installed.Select(v => (v.Info, (ISpeechEngine)new FliteEngine(v)));
        var espeak = EspeakVoices.List(cancellationToken).Select(v => (v.Info, (ISpeechEngine)new EspeakEngine(v)));
        return new VoiceCatalog(flite.Concat(espeak));
    }

    /// <summary>The voice asked for, or the default of the language: flite for English, espeak for all others.</summary>
    /// <param name="voiceId">E.g. <c>flite:slt</c>; null or empty: choose by language.</param>
    /// <param name="language">BCP 47, any case.</param>
    /// <exception cref="SpeechException"><see cref="SpeechFailure.VoiceNotFound"/>, naming what there is.</exception>
    public VoiceInfo Resolve(string? voiceId, string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        if (!string.IsNullOrEmpty(voiceId))
        {
            return Voices.FirstOrDefault(v => string.Equals(v.Id, voiceId, StringComparison.OrdinalIgnoreCase))
                ?? Voices.FirstOrDefault(v => v.Id == Canonical(voiceId))
                ?? throw new SpeechException(SpeechFailure.VoiceNotFound, $"There is no voice '{Shorten(voiceId)}' here. {Available(language)}");
        }

        var tag = LanguageTag.Canonical(language);
        var primary = LanguageTag.Primary(tag);
        return (primary == "en" ? Voices.FirstOrDefault(v => v.Engine == "flite") : null)
            ?? Voices.FirstOrDefault(v => v.Language == tag)
            ?? Voices.FirstOrDefault(v => v.Language == primary)
            ?? Voices.FirstOrDefault(v => LanguageTag.Primary(v.Language) == primary)
            ?? throw new SpeechException(SpeechFailure.VoiceNotFound, $"There is no voice for the language '{Shorten(language)}' here. {Available(language)}");
    }

    internal ISpeechEngine EngineOf(VoiceInfo voice) => _engines.TryGetValue(voice.Id, out var engine)
        ? engine
        : throw new SpeechException(SpeechFailure.VoiceNotFound, $"There is no voice '{Shorten(voice.Id)}' here. {Available(voice.Language)}");

    /// <summary><c>espeak:fr</c> and <c>espeak:zh-CN</c> mean what the language tags mean.</summary>
    private static string Canonical(string voiceId)
    {
        const string prefix = "espeak:";
        return voiceId.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? prefix + LanguageTag.Canonical(voiceId[prefix.Length..]) : voiceId;
    }

    private string Available(string language)
    {
        if (Voices.IsEmpty)
        {
            return "No voice is installed at all: install flite or espeak-ng.";
        }

        var primary = LanguageTag.Primary(LanguageTag.Canonical(language));
        var near = Voices.Where(v => LanguageTag.Primary(v.Language) == primary).Concat(Voices).DistinctBy(v => v.Id).Take(NamedMax).Select(v => v.Id);
        return $"Available: {string.Join(", ", near)}{(Voices.Length > NamedMax ? $" … ({Voices.Length} in all)" : "")}.";
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
