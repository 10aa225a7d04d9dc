using System.Collections.Immutable;
using System.Globalization;

namespace Url2Video.Farm.Core.Storyboards;

/// <summary>
/// How a movement spends its time: the cubic Bézier of CSS, from (0, 0) to (1, 1). Ten-thousandths; the x of both points lie in
/// 0..1, so that time never runs backwards.
/// </summary>
public readonly record struct Curve(int X1, int Y1, int X2, int Y2)
{
    public const int Scale = 10_000;

    /// <summary>A curve may run past its end and come back, but not farther than this.</summary>
    public const int OvershootMax = 2 * Scale;

    private const string Function = "cubic-bezier";

    private static readonly ImmutableArray<(string Word, Curve Curve)> Known =
    [
        ("linear", new(0, 0, 10_000, 10_000)),
        ("ease", new(2_500, 1_000, 2_500, 10_000)),
        ("easeIn", new(4_200, 0, 10_000, 10_000)),
        ("easeOut", new(0, 0, 5_800, 10_000)),
        ("easeInOut", new(4_200, 0, 5_800, 10_000)),
        ("easeOutCubic", new(2_150, 6_100, 3_550, 10_000)),
        ("easeOutQuint", new(2_300, 10_000, 3_200, 10_000)),
        ("easeOutBack", new(3_400, 15_600, 6_400, 10_000)),
        ("smooth", new(3_333, 0, 6_667, 10_000)),
    ];

    public static Curve Linear => Known[0].Curve;

    public static Curve EaseOut => Known[3].Curve;

    public static Curve EaseOutBack => Known[7].Curve;

    public static Curve Smooth => Known[8].Curve;

    /// <summary>The words that stand for a curve.</summary>
    public static IEnumerable<string> Words => Known.Select(k => k.Word);

    /// <summary>Reads a word or <c>cubic-bezier(x1, y1, x2, y2)</c> with at most four decimals.</summary>
    public static bool TryParse(string text, out Curve curve)
    {
        foreach (var (word, known) in Known)
        {
            if (word == text)
            {
                curve = known;
                return true;
            }
        }

        curve = Linear;
        if (!text.StartsWith(Function + "(", StringComparison.Ordinal) || !text.EndsWith(')'))
        {
            return false;
        }

        var parts = text[(Function.Length + 1)..^1].Split(',');
        Span<int> numbers = stackalloc int[4];
        if (parts.Length != numbers.Length)
        {
            return false;
        }

        for (var i = 0; i < numbers.Length; i++)
        {
            if (!TryNumber(parts[i], isTime: i % 2 == 0, out numbers[i]))
            {
                return false;
            }
        }

        curve = new Curve(numbers[0], numbers[1], numbers[2], numbers[3]);
        return true;
    }

    /// <summary>As it is written in a document: the word where there is one.</summary>
    public override string ToString()
    {
        var self = this;
        return Known.FirstOrDefault(k => k.Curve == self).Word
            ?? string.Create(CultureInfo.InvariantCulture, $"{Function}({Text(X1)},{Text(Y1)},{Text(X2)},{Text(Y2)})");

        static string Text(int value) => (value / (decimal)Scale).ToString("0.####", CultureInfo.InvariantCulture);
    }

    private static bool TryNumber(string text, bool isTime, out int number)
    {
        number = 0;
        if (text.Length > 12
            || !decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite
                | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        var (min, max) = isTime ? (0, Scale) : (-OvershootMax, Scale + OvershootMax);
        var scaled = value * Scale;
        if (scaled != decimal.Truncate(scaled) || scaled < min || scaled > max)
        {
            return false;
        }

        number = (int)scaled;
        return true;
    }
}
