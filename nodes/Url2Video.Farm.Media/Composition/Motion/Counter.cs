using System.Globalization;

namespace Url2Video.Farm.Media.Composition;

/// <summary>A number that counts, and how it is written.</summary>
/// <param name="From">Scaled by 10^<paramref name="Decimals"/>, as <paramref name="To"/>.</param>
/// <param name="GroupSize">Digits of a group, but for the last, which has three; 0 to set nothing apart.</param>
public sealed record Counter(string Before, string After, long From, long To, int Decimals, char DecimalSign, char GroupSign, int GroupSize)
{
    /// <summary>Of a number: 19 digits, a sign before every second, a decimal sign, a minus.</summary>
    public const int CharsMax = 40;

    /// <param name="share">0 at the start of the count, <see cref="EasingCurve.One"/> at its end.</param>
    public long At(long share) => EasingCurve.Between(From, To, share);

    /// <summary>Writes the number at a value, without what stands before and after it.</summary>
    /// <param name="target">At least <see cref="CharsMax"/> long.</param>
    /// <returns>How many signs it has.</returns>
    public int Write(long value, Span<char> target)
    {
        Span<char> digits = stackalloc char[CharsMax];
        _ = UInt128.CreateTruncating(Int128.Abs(value)).TryFormat(digits, out var count, provider: CultureInfo.InvariantCulture);

        // From the right: the fraction, at least one whole digit, and a sign of its own before every group.
        var (at, wholes) = (target.Length, 0);
        for (var i = 0; i < Math.Max(count, Decimals + 1); i++)
        {
            if (i == Decimals && Decimals > 0)
            {
                target[--at] = DecimalSign;
            }

            if (i >= Decimals && IsGroupBefore(wholes++))
            {
                target[--at] = GroupSign;
            }

            target[--at] = i < count ? digits[count - 1 - i] : '0';
        }

        if (value < 0)
        {
            target[--at] = '−';
        }

        target[at..].CopyTo(target);
        return target.Length - at;
    }

    /// <summary>The whole text, with the number at a value.</summary>
    public string Text(long value)
    {
        Span<char> number = stackalloc char[CharsMax];
        return string.Concat(Before, number[..Write(value, number)], After);
    }

    private bool IsGroupBefore(int wholes) => GroupSize > 0 && wholes >= 3 && (wholes - 3) % GroupSize == 0;
}
