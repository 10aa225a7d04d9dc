using System.Globalization;
using System.Text;

namespace Url2Video.Farm.Media.Composition;

/// <summary>A number that counts, and how it is written.</summary>
/// <param name="From">Scaled by 10^<paramref name="Decimals"/>, as <paramref name="To"/>.</param>
/// <param name="GroupSize">Digits of a group, but for the last, which has three; 0 to set nothing apart.</param>
public sealed record Counter(string Before, string After, long From, long To, int Decimals, char DecimalSign, char GroupSign, int GroupSize)
{
    /// <param name="share">0 at the start of the count, <see cref="EasingCurve.One"/> at its end.</param>
    public long At(long share) => EasingCurve.Between(From, To, share);

    /// <summary>The whole text, with the number at a value.</summary>
    public string Text(long value)
    {
        var digits = Int128.Abs(value).ToString(CultureInfo.InvariantCulture).PadLeft(Decimals + 1, '0');
        var whole = digits[..^Decimals];
        var text = new StringBuilder(Before).Append(value < 0 ? "−" : "");
        for (var i = 0; i < whole.Length; i++)
        {
            if (i > 0 && IsGroupBefore(whole.Length - i))
            {
                text.Append(GroupSign);
            }

            text.Append(whole[i]);
        }

        if (Decimals > 0)
        {
            text.Append(DecimalSign).Append(digits[^Decimals..]);
        }

        return text.Append(After).ToString();
    }

    private bool IsGroupBefore(int left) => GroupSize > 0 && left >= 3 && (left - 3) % GroupSize == 0;
}
