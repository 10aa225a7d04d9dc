namespace Url2Video.Farm.Media.Speech;

/// <summary>Sounds to mouth shapes, for ARPAbet (flite) and IPA (espeak). Pure.</summary>
public static class VisemeMap
{
    private const string IpaVowels = "aeiouyɑæɐəɚɛɜɝɪɨɔɒøœɵʊʉʌɤɯʏɘɞɶ";

    /// <summary>The shape of a sound; unknown consonants close to <see cref="Viseme.Tdn"/>, unknown vowels open to <see cref="Viseme.Aa"/>.</summary>
    public static Viseme Of(string symbol)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        return symbol switch
        {
            "pau" or "sil" or "ssil" or "" => Viseme.Rest,
            "m" or "b" or "p" => Viseme.Mbp,
            "f" or "v" => Viseme.Fv,
            "th" or "dh" => Viseme.Th,
            "t" or "d" or "n" or "l" or "s" or "z" or "dx" => Viseme.Tdn,
            "k" or "g" or "ng" or "hh" or "y" => Viseme.Kgng,
            "ch" or "jh" or "sh" or "zh" => Viseme.Chsh,
            "r" or "er" or "axr" => Viseme.R,
            "w" or "uw" or "uh" => Viseme.Wuw,
            "ao" or "ow" or "oy" => Viseme.Ao,
            "aa" or "ae" or "ah" or "ay" or "aw" or "ax" => Viseme.Aa,
            "eh" or "ey" or "ih" or "iy" => Viseme.Eiy,
            _ => OfIpa(symbol),
        };
    }

    internal static bool IsVowel(string symbol) => symbol.Length > 0 && IpaVowels.Contains(symbol[0], StringComparison.Ordinal);

    private static Viseme OfIpa(string symbol) => symbol[0] switch
    {
        't' when symbol.Contains('ʃ') || symbol.Contains('ɕ') => Viseme.Chsh,
        'd' when symbol.Contains('ʒ') || symbol.Contains('ʑ') => Viseme.Chsh,
        'm' or 'b' or 'p' or 'ɓ' => Viseme.Mbp,
        'f' or 'v' or 'ʋ' or 'ɱ' or 'ɸ' or 'β' => Viseme.Fv,
        'θ' or 'ð' => Viseme.Th,
        'k' or 'ɡ' or 'g' or 'ŋ' or 'h' or 'j' or 'x' or 'ɣ' or 'q' or 'χ' or 'ç' or 'ɦ' or 'ħ' => Viseme.Kgng,
        'ʃ' or 'ʒ' or 'ɕ' or 'ʑ' or 'ʂ' or 'ʐ' => Viseme.Chsh,
        'ɹ' or 'r' or 'ʁ' or 'ʀ' or 'ɻ' or 'ɚ' or 'ɝ' or 'ɜ' => Viseme.R,
        'w' or 'u' or 'ʊ' or 'y' or 'ʏ' or 'ʉ' or 'ɯ' or 'ø' or 'œ' => Viseme.Wuw,
        'ɔ' or 'o' or 'ɒ' or 'ɤ' => Viseme.Ao,
        'ɑ' or 'æ' or 'ʌ' or 'a' or 'ə' or 'ɐ' => Viseme.Aa,
        'ɛ' or 'e' or 'ɪ' or 'i' or 'ɨ' => Viseme.Eiy,
        _ => Viseme.Tdn,
    };
}
