using Url2Video.Farm.Content.Languages;

namespace Url2Video.Farm.Content.Tests.Languages;

public sealed class LanguageTests
{
    [Theory]
    [InlineData("en", "The quick answer is that nobody knows why the river changed its course in the spring of that year.")]
    [InlineData("de", "Die Antwort ist einfach: Niemand weiß, warum der Fluss im Frühjahr seinen Lauf geändert hat.")]
    [InlineData("fr", "La réponse est simple : personne ne sait pourquoi la rivière a changé de cours au printemps.")]
    [InlineData("es", "La respuesta es sencilla: nadie sabe por qué el río cambió su curso en la primavera de ese año.")]
    [InlineData("it", "La risposta è semplice: nessuno sa perché il fiume ha cambiato il suo corso nella primavera di quell'anno.")]
    [InlineData("pt", "A resposta é simples: ninguém sabe por que o rio mudou o seu curso na primavera daquele ano, mas não foi só.")]
    [InlineData("nl", "Het antwoord is eenvoudig: niemand weet waarom de rivier in het voorjaar van dat jaar haar loop heeft veranderd.")]
    [InlineData("pl", "Odpowiedź jest prosta: nikt nie wie, dlaczego rzeka zmieniła swój bieg na wiosnę tego roku, ale to się stało.")]
    [InlineData("ru", "Ответ прост: никто не знает, почему река изменила свой путь весной того года, но это было так.")]
    [InlineData("ja", "川がその年の春に流れを変えた理由は、誰にもわかりません。")]
    [InlineData("zh", "没有人知道那年春天河流为什么改变了方向。")]
    [InlineData("ko", "그 해 봄에 강이 왜 흐름을 바꾸었는지 아무도 모른다.")]
    [InlineData("ar", "لا أحد يعرف لماذا غير النهر مجراه في ربيع ذلك العام")]
    [InlineData("el", "Κανείς δεν ξέρει γιατί το ποτάμι άλλαξε την πορεία του την άνοιξη.")]
    [InlineData("hi", "कोई नहीं जानता कि नदी ने उस वर्ष अपना रास्ता क्यों बदला।")]
    public void Detect_OneSentence_NamesItsLanguage(string language, string text) =>
        Assert.Equal(language, LanguageDetector.Detect(text, null));

    [Theory]
    [InlineData("en-GB", "en")]
    [InlineData("de", "en")] // A page that was copied with the wrong lang.
    [InlineData("ga", "en")]
    [InlineData(null, "en")]
    public void Detect_EnglishTextWhateverThePageSays_IsEnglish(string? stated, string expected) =>
        Assert.Equal(
            expected,
            LanguageDetector.Detect(
                "It was the best of the harbours that they had built, and it is still in use by all of the boats that are too large for the others.",
                stated));

    [Fact]
    public void Detect_CloseRelatives_BelieveThePage() =>
        Assert.Equal("nb", LanguageDetector.Detect("Det er en god dag og vi skal ut på fjellet med alle barna som er her.", "no"));

    [Theory]
    [InlineData("en", "Dr. Smith paid $3.50 on Jan. 5 for it. He left at 5 p.m. with J. R. Moss! Did he? Yes.", 4)]
    [InlineData("en", "The U.S. Navy came. It stayed (see fig. 3). \"Why?\" she asked. \"Because.\" Nobody spoke…  Then they did.", 6)]
    [InlineData("de", "Am 3. Mai kam z.B. Herr Dr. Meier. Er blieb bis ca. 18 Uhr. Warum? Niemand weiß es.", 4)]
    [InlineData("fr", "M. Dupont est là. Il attend « depuis hier ». Pourquoi ?", 3)]
    [InlineData("ja", "今日は晴れです。明日は雨でしょう！本当ですか？はい", 4)]
    [InlineData("hi", "यह पहला वाक्य है। यह दूसरा है।", 2)]
    [InlineData("en", "No stop at the end", 1)]
    [InlineData("en", "... !!! ???", 0)]
    public void Split_Text_FindsItsSentences(string language, string text, int count) =>
        Assert.Equal(count, SentenceSplitter.Split(text, language).Count);

    [Theory]
    [InlineData("en", "One. Two! Three? Four… five; six: “Seven.” (Eight.) Nine")]
    [InlineData("zh", "一。二！三？四")]
    public void Split_Text_LosesNothing(string language, string text) =>
        Assert.Equal(
            text.Replace(" ", "", StringComparison.Ordinal),
            string.Concat(SentenceSplitter.Split(text, language)).Replace(" ", "", StringComparison.Ordinal));

    [Theory]
    [InlineData("It's a well-known fact.", 4)]
    [InlineData("今日は晴れです", 4)]
    [InlineData("", 0)]
    [InlineData("— … !", 0)]
    public void CountOf_Text_IsInWords(string text, int words) => Assert.Equal(words, Words.CountOf(text));
}
