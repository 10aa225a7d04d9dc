using Url2Video.Farm.Content.Writing;

namespace Url2Video.Farm.Content.Tests.Writing;

public sealed class SpokenLengthTests
{
    [Theory]
    [InlineData("", "en", 0)]
    [InlineData("The lid is a solar panel.", "en", 6)]
    [InlineData("4.7", "en", 3)] // four point seven
    [InlineData("318", "en", 3)] // three hundred eighteen
    [InlineData("€79.00", "en", 3)] // seventy nine euros
    [InlineData("$1,299.99", "en", 11)] // one thousand two hundred ninety nine dollars and ninety nine cents
    [InlineData("1.299", "de", 6)] // eintausendzweihundertneunundneunzig
    [InlineData("42 %", "en", 3)]
    [InlineData("1911", "en", 2)] // nineteen eleven
    [InlineData("USB-C", "en", 4)]
    [InlineData("Read more at salt.example.", "en", 6)] // salt dot example
    [InlineData("今日は晴れ", "ja", 3)]
    public void Words_Text_AreCountedAsSpoken(string text, string language, int expected) =>
        Assert.Equal(expected, SpokenLength.Words(text, language));

    /// <summary>Lengths that flite (rms) and espeak-ng (de) really took at 155 words a minute.</summary>
    [Theory]
    [InlineData("Customers rate it 4.7 out of 5, over 318 ratings.", "en", 6_287)]
    [InlineData("The price is €79.00.", "en", 2_519)]
    [InlineData("Tell somebody where you are going, and carry a light even at noon.", "en", 4_287)]
    [InlineData(
        "If the water is already in the channel, do not run through it: go back to the highest sand and call for help early.", "en", 7_000)]
    [InlineData("Ein Hochmoor wächst im Mittel um einen Millimeter im Jahr.", "de", 3_401)]
    [InlineData("Kunden geben 4.7 von 5 Punkten, bei 318 Bewertungen.", "de", 5_375)]
    public void Millis_Sentence_IsWhatAVoiceTook(string text, string language, int measured) =>
        Assert.InRange(SpokenLength.Millis(text, language), measured * 0.8, measured * 1.2);

    [Fact]
    public void Millis_MarksBetweenWords_ArePausesAndAtTheEndAreNot()
    {
        var plain = SpokenLength.Millis("One two", "en");

        Assert.Equal(plain, SpokenLength.Millis("One two.”", "en"));
        Assert.True(SpokenLength.Millis("One, two", "en") > plain);
        Assert.True(SpokenLength.Millis("One. Two", "en") > SpokenLength.Millis("One, two", "en"));
    }

    [Fact]
    public void Millis_NumberOfAThousandDigits_IsBounded() =>
        Assert.InRange(SpokenLength.Millis(new string('7', 100_000), "en"), 1_000, 60_000);
}
