using System.Collections.Concurrent;
using Url2Video.Farm.Media.Audio;
using Url2Video.Farm.Media.Audio.Loudness;
using Url2Video.Farm.Media.Speech;
using Url2Video.Farm.Media.Tests.Audio;
using Xunit.Abstractions;

namespace Url2Video.Farm.Media.Tests.Speech;

public class SpeakerTests(ITestOutputHelper output)
{
    private const string Narration =
        "The new charger costs $19.99, weighs 250 g and fills a battery in 45 minutes. Is it worth the money? We think so! "
        + "Visit example.com for details, or ask our team; they answer within 24 hours.";

    private static readonly Lazy<VoiceCatalog> Catalog = new(() => VoiceCatalog.Discover());

    private static readonly ConcurrentDictionary<(string Text, string Voice), SpokenClip> Clips = new();

    [FliteFact]
    public void Speak_English_EveryWordHasItsTimeInOrder()
    {
        var clip = Cached(Narration, "flite:slt");
        Covers(Narration, clip);
        Assert.All(clip.Words, w => Assert.True(w.EndSample - w.StartSample is > 900 and < 200_000, $"{w}"));
        Assert.Contains(clip.Words, w => w.Text == "$19.99,");
        Assert.Contains(clip.Words, w => w.Text == "250 g");
    }

    [FliteFact]
    public void Speak_English_PhonesTileTheClip()
    {
        var clip = Cached(Narration, "flite:rms");
        Assert.Equal(0, clip.Phones[0].StartSample);
        Assert.Equal(clip.Samples, clip.Phones[^1].EndSample);
        for (var i = 1; i < clip.Phones.Length; i++)
        {
            Assert.Equal(clip.Phones[i - 1].EndSample, clip.Phones[i].StartSample);
        }

        // "money" begins with closed lips, at the moment the word begins.
        var money = clip.Words.Single(w => w.Text == "money?");
        Assert.Contains(clip.Phones, p => p.Viseme == Viseme.Mbp && p.StartSample == money.StartSample);
    }

    [FliteFact]
    public void Speak_InAnyOrderAndFromManyThreads_GivesTheSameBytes()
    {
        string[] texts = ["One sentence here.", "Something quite different, isn't it?"];
        string[] voices = ["flite:slt", "flite:rms", "flite:awb", "flite:kal16"];
        var jobs = texts.SelectMany(t => voices.Where(v => Catalog.Value.Voices.Any(i => i.Id == v)).Select(v => (Text: t, Voice: v))).ToArray();
        var first = jobs.Select(j => Signals.Hash<short>(Say(j.Text, j.Voice).Pcm)).ToArray();
        var backwards = jobs.Reverse().Select(j => Signals.Hash<short>(Say(j.Text, j.Voice).Pcm)).Reverse().ToArray();
        var together = new string[jobs.Length];
        Parallel.For(0, jobs.Length, i => together[i] = Signals.Hash<short>(Say(jobs[i].Text, jobs[i].Voice).Pcm));
        Assert.Equal(first, backwards);
        Assert.Equal(first, together);
        Assert.Equal(first.Length, first.Distinct().Count());
    }

    [FliteFact]
    public void Speak_DefaultPace_IsANarrators()
    {
        const string story = "People listen when they feel that the answer could change something in their own lives. That is why the first few seconds of any film "
            + "matter more than all the rest. Researchers at the national laboratory announced a significant improvement in battery technology yesterday. "
            + "Meet the kettle that boils water in under a minute. Its double wall keeps the outside cool, so it is safe around children.";
        foreach (var voice in (string[])["flite:rms", "flite:slt"])
        {
            var clip = Say(story, voice);
            var pace = clip.Words.Length * 60.0 * 48_000 / clip.Samples;
            output.WriteLine($"{voice}: {pace:0} words a minute");
            Assert.InRange(pace, 140, 170);
            var slow = new Speaker(Catalog.Value).Speak(story, Catalog.Value.Resolve(voice, "en"), 110, null, default);
            Assert.InRange(slow.Samples / (double)clip.Samples, 155 / 110.0 * 0.93, 155 / 110.0 * 1.07);
        }
    }

    [FliteFact]
    public void Speak_AnyVoice_IsLevelledWithoutClicksOrOffset()
    {
        foreach (var voice in Catalog.Value.Voices.Where(v => v.Engine == "flite"))
        {
            var clip = Cached(Narration, voice.Id);
            var meter = new IntegratedLoudness(1);
            meter.Add(clip.Pcm.Select(s => s / 32_768.0).ToArray());
            var lufs = LoudnessUnits.LufsHundredths(meter.GatedEnergy()) / 100.0;
            var peak = clip.Pcm.Max(s => Math.Abs((int)s));
            var step = clip.Pcm.Zip(clip.Pcm.Skip(1), (a, b) => Math.Abs(a - b)).Max();
            output.WriteLine($"{voice.Id}: {lufs} LUFS, peak {peak}, largest step {step}, mean {clip.Pcm.Average(s => (double)s):0.00}");
            Assert.InRange(lufs, -22, -19.8);
            Assert.InRange(peak, 5_000, 31_000);
            Assert.InRange(clip.Pcm.Average(s => (double)s), -3, 3);
            // Band-limited to 8 kHz: a step as large as the peak would be a cut.
            Assert.True(step < peak * 0.8);
            Assert.All(clip.Pcm[..200], s => Assert.Equal(0, s));
        }
    }

    [FliteFact]
    public void Speak_SentencesApart_AreJoinedBySilence()
    {
        var clip = Say("First part. Second part.", "flite:slt");
        var first = clip.Words[1].EndSample;
        var second = clip.Words[2].StartSample;
        Assert.InRange(second - first, 14_000, 24_000);
        var middle = clip.Pcm.AsSpan((int)(first + second) / 2 - 1_000, 2_000).ToArray();
        Assert.All(middle, s => Assert.InRange(s, -20, 20));
        // At every cut the sound grows from and falls to nothing: the first and last millisecond are nearly still.
        Assert.All(clip.Pcm[..1_008], s => Assert.InRange(s, -300, 300));
        Assert.All(clip.Pcm[^3_900..], s => Assert.InRange(s, -300, 300));
        var steps = clip.Pcm.Zip(clip.Pcm.Skip(1), (a, b) => Math.Abs(a - b)).ToArray();
        Assert.True(steps[(int)first..(int)second].Max() < 1_500);
    }

    [EspeakTheory]
    [InlineData("de", "Guten Tag! Das Gerät kostet 19,99 € und wiegt 5 kg.")]
    [InlineData("fr", "Bonjour tout le monde, comment allez-vous aujourd'hui ?")]
    [InlineData("es", "¿Qué tal? Los tres gatos duermen en la casa.")]
    [InlineData("zh-CN", "今天天气很好，我们去公园。")]
    [InlineData("ja", "こんにちは、せかい。")]
    [InlineData("ar", "مرحبا بالعالم، كيف حالكم؟")]
    [InlineData("he", "שלום עולם")]
    [InlineData("hi", "नमस्ते दुनिया।")]
    [InlineData("ko", "안녕하세요 여러분")]
    [InlineData("ru", "Привет, мир! Цена 25%.")]
    public void Speak_OtherLanguages_EveryWordHasItsTime(string language, string text)
    {
        var voice = Catalog.Value.Resolve(null, language);
        var clip = new Speaker(Catalog.Value).Speak(text, voice, default);
        Covers(text, clip);
        Assert.InRange(clip.Samples / 48_000.0, 0.5, 12);
        Assert.True(clip.Pcm.Max(s => Math.Abs((int)s)) > 3_000);
        Assert.True(clip.Words.Count(w => w.EndSample > w.StartSample) >= clip.Words.Length - 1);
    }

    [EspeakFact]
    public void Speak_EspeakTwice_IsTheSameToTheBit()
    {
        var first = Say("Guten Morgen, wie geht es?", "espeak:de");
        var second = Say("Guten Morgen, wie geht es?", "espeak:de");
        Assert.Equal(Signals.Hash<short>(first.Pcm), Signals.Hash<short>(second.Pcm));
        Assert.Equal(first.Words.AsEnumerable(), second.Words);
        Assert.Equal(first.Phones.AsEnumerable(), second.Phones);
    }

    [EspeakFact]
    public void Speak_SsmlInTheText_IsNotObeyed()
    {
        var plain = Say("eins zwei drei", "espeak:de");
        var hostile = Say("eins <audio src=\"/etc/passwd\"/> zwei <prosody rate=\"500%\">drei", "espeak:de");
        Assert.Equal(Signals.Hash<short>(plain.Pcm), Signals.Hash<short>(hostile.Pcm));
        Assert.True(Say("a < b > c & d </speak> e", "espeak:de").Words.Length >= 4);
    }

    [FliteFact]
    public void Speak_HostileText_IsSpokenOrRefused()
    {
        Assert.Equal(SpeechFailure.TextTooLong, Failure(new string('x', 100_000)));
        Assert.Equal(SpeechFailure.NothingToSay, Failure("🙂 … \u0000\u0001 <br>"));
        Assert.Equal(SpeechFailure.NothingToSay, Failure(""));
        Assert.True(Say("zero\u0000byte \ud800 lone \u001b[0m done", "flite:slt").Words.Length >= 4);
        Assert.True(Say(new string('a', 400), "flite:slt").Samples > 48_000);
        Assert.True(Say("漢字 and кириллица and العربية mixed", "flite:slt").Words.Length >= 5);

        static SpeechFailure Failure(string text) => Assert.Throws<SpeechException>(() => Say(text, "flite:slt")).Kind;
    }

    [FliteFact]
    public void Speak_Cancelled_Throws()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => new Speaker(Catalog.Value).Speak("Hello.", Catalog.Value.Resolve("flite:slt", "en"), cancelled.Token));
    }

    private static SpokenClip Cached(string text, string voice) => Clips.GetOrAdd((text, voice), key => Say(key.Text, key.Voice));

    private static SpokenClip Say(string text, string voice) => new Speaker(Catalog.Value).Speak(text, Catalog.Value.Resolve(voice, "en"), default);

    /// <summary>Every letter and digit of the source lies in exactly one word; times never go back and stay inside.</summary>
    private static void Covers(string text, SpokenClip clip)
    {
        var covered = new bool[text.Length];
        long last = 0;
        foreach (var word in clip.Words)
        {
            Assert.Equal(text.Substring(word.SourceStart, word.SourceLength), word.Text);
            Assert.True(word.StartSample >= last && word.EndSample >= word.StartSample && word.EndSample <= clip.Samples);
            last = word.EndSample;
            for (var i = 0; i < word.SourceLength; i++)
            {
                Assert.False(covered[word.SourceStart + i]);
                covered[word.SourceStart + i] = true;
            }
        }

        Assert.All(Enumerable.Range(0, text.Length).Where(i => char.IsLetterOrDigit(text[i])), i => Assert.True(covered[i], $"'{text[i]}' at {i}"));
    }
}
