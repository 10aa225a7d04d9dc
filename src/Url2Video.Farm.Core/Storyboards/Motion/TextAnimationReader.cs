using Url2Video.Farm.Core.Storyboards.Reading;

namespace Url2Video.Farm.Core.Storyboards;

/// <summary>Reads the animation of a text: each kind has its own properties, and no others.</summary>
internal static class TextAnimationReader
{
    public static TextAnimation Read(StrictObject animation, TextKind text, string value, string language, ReadErrors errors)
    {
        var kind = animation.RequireChoice<TextAnimationKind>("kind");
        var otherwise = TextAnimation.DefaultOf(kind);
        var result = otherwise with { MsDelay = animation.Integer("delayMs", 0, TextAnimation.MsDelayMax, otherwise.MsDelay) };
        if (result.HasMove)
        {
            result = result with
            {
                Ms = animation.Integer("ms", 50, TextAnimation.MsMax, otherwise.Ms),
                Easing = CurveReader.Read(animation, "easing", otherwise.Easing, errors),
            };
        }

        if (result.HasDistance)
        {
            result = result with
            {
                DistancePxTenths = animation.Decimal("distance", 10, 0, TextAnimation.DistancePxTenthsMax, otherwise.DistancePxTenths),
            };
        }

        if (result.HasPace)
        {
            result = result with
            {
                PerSecondTenths = animation.Decimal("perSecond", 10, 5, TextAnimation.PerSecondTenthsMax, otherwise.PerSecondTenths),
            };
        }

        return kind switch
        {
            TextAnimationKind.Typewriter => result with
            {
                HasCursor = animation.Flag("cursor", otherwise.HasCursor) ?? true,
                Keys = animation.Choice("keys", otherwise.Keys),
            },
            TextAnimationKind.Morph => ReadMorph(animation, result, text, errors),
            TextAnimationKind.CountUp => ReadCount(animation, result, text, value, language, errors),
            _ => result,
        };
    }

    private static TextAnimation ReadMorph(StrictObject animation, TextAnimation result, TextKind text, ReadErrors errors)
    {
        if (text is TextKind.Bullets or TextKind.Chart)
        {
            errors.Invalid(animation.PointerOf("kind"), "a list or a chart does not become another.", "morph is for title, quote, number, lowerThird and caption.");
        }

        return result with { FromText = animation.RequireText("fromText", TextElement.CharsMax) };
    }

    private static TextAnimation ReadCount(
        StrictObject animation, TextAnimation result, TextKind text, string value, string language, ReadErrors errors)
    {
        var found = text == TextKind.Number ? CounterText.Find(value, language) : null;
        if (found is null)
        {
            errors.Invalid(
                animation.PointerOf("kind"),
                "there is nothing to count to.",
                "countUp is for a text of the kind number whose first value holds a number of at most 12 digits, such as \"12,500\".");
        }

        // Counted in units of the last decimal.
        var most = TextAnimation.CountFromMax;
        for (var i = 0; i < found?.Decimals; i++)
        {
            most = Math.Max(1, most / 10);
        }

        return result with
        {
            CountFrom = animation.OptionalInteger("from", -most, most) ?? 0,
            IsGrouped = animation.Flag("grouping", null),
        };
    }
}
