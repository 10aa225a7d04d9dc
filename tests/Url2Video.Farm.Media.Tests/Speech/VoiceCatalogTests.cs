using System.Collections.Immutable;
using Url2Video.Farm.Media.Speech;
using Url2Video.Farm.Media.Speech.Espeak;

namespace Url2Video.Farm.Media.Tests.Speech;

public class VoiceCatalogTests
{
    private static readonly VoiceCatalog Catalog = Of(("flite:rms", "en-us"), ("flite:slt", "en-us"), ("espeak:cmn", "cmn"), ("espeak:de", "de"), ("espeak:en-us", "en-us"), ("espeak:fr-fr", "fr-fr"), ("espeak:pt", "pt"), ("espeak:pt-br", "pt-br"));

    [Theory]
    [InlineData(null, "en", "flite:rms")]
    [InlineData(null, "en-GB", "flite:rms")]
    [InlineData("", "de-AT", "espeak:de")]
    [InlineData(null, "DE", "espeak:de")]
    [InlineData(null, "zh-Hans-CN", "espeak:cmn")]
    [InlineData(null, "pt_BR", "espeak:pt-br")]
    [InlineData(null, "fr", "espeak:fr-fr")]
    [InlineData("espeak:fr", "en", "espeak:fr-fr")]
    [InlineData("FLITE:SLT", "en", "flite:slt")]
    public void Resolve_WishOrLanguage_FindsTheVoice(string? wish, string language, string expected) => Assert.Equal(expected, Catalog.Resolve(wish, language).Id);

    [Theory]
    [InlineData("flite:nobody", "en")]
    [InlineData(null, "xx")]
    [InlineData(null, "")]
    [InlineData("../../etc/passwd", "en")]
    public void Resolve_NoSuchVoice_NamesWhatThereIs(string? wish, string language)
    {
        var error = Assert.Throws<SpeechException>(() => Catalog.Resolve(wish, language));
        Assert.Equal(SpeechFailure.VoiceNotFound, error.Kind);
        Assert.Contains("flite:rms", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_NothingInstalled_SaysWhatToInstall()
    {
        var error = Assert.Throws<SpeechException>(() => Of().Resolve(null, "en"));
        Assert.Contains("espeak-ng", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_TheProgramsTable_GivesGradesAndReplacesBrokenMandarin()
    {
        const string table = """
            Pty Language       Age/Gender VoiceName          File                 Other Languages
             5  af              --/M      Afrikaans          gmw/af
             5  cmn             --/M      Chinese_(Mandarin,_latin_as_English) sit/cmn              (zh-cmn 5)(zh 5)
             5  cmn-latn-pinyin --/M      Chinese_(Mandarin,_latin_as_Pinyin) sit/cmn-Latn-pinyin  (zh-cmn 5)(zh 5)
             5  ja              --/F      Japanese           jpx/ja
             5  my              --/M      Myanmar_(Burmese)  sit/my
            garbage
            """;
        var voices = EspeakVoices.Parse(table, "1.51");
        Assert.Equal(["espeak:af", "espeak:cmn", "espeak:ja", "espeak:my"], voices.Select(v => v.Info.Id));
        Assert.Equal([VoiceGrade.B, VoiceGrade.B, VoiceGrade.C, VoiceGrade.D], voices.Select(v => v.Info.Grade));
        Assert.Equal("sit/cmn-Latn-pinyin", voices[1].File);
        Assert.Equal(VoiceGender.Female, voices[2].Info.Gender);
    }

    [Fact]
    public void VersionIn_MemoryMap_IsTheFileBehindTheLink()
    {
        Assert.Equal("2.2", Url2Video.Farm.Media.Speech.Flite.FliteVoices.VersionIn(["7f0 r--p 0 08:01 9 /usr/lib/libm.so.6", "7f1 r-xp 0 08:01 7 /usr/lib/x86_64-linux-gnu/libflite.so.2.2"]));
        Assert.Equal("2", Url2Video.Farm.Media.Speech.Flite.FliteVoices.VersionIn([]));
    }

    [EspeakFact]
    public void Discover_ThisMachine_HasManyLanguages()
    {
        var catalog = VoiceCatalog.Discover();
        Assert.True(catalog.Voices.Count(v => v.Engine == "espeak") > 100);
        Assert.Equal(catalog.Voices.Length, catalog.Voices.Select(v => v.Id).Distinct().Count());
        Assert.All(catalog.Voices, v => Assert.NotEqual("unknown", v.EngineVersion));
    }

    private static VoiceCatalog Of(params (string Id, string Language)[] voices) => new(voices.Select(v =>
        (new VoiceInfo(v.Id, v.Id.Split(':')[0], "1", v.Language, VoiceGender.Unknown, VoiceGrade.A, v.Id), (ISpeechEngine)new Mute())));

    private sealed class Mute : ISpeechEngine
    {
        public Utterance Synthesise(ImmutableArray<string> words, int wordsPerMinute, CancellationToken cancellationToken) => new(new short[160], 16_000, []);
    }
}
