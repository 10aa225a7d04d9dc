using Url2Video.Farm.Core.Storyboards.Reading;

namespace Url2Video.Farm.Core.Storyboards;

internal static class CurveReader
{
    private const int CharsMax = 64;

    public static Curve Read(StrictObject parent, string name, Curve otherwise, ReadErrors errors)
    {
        if (parent.OptionalText(name, 1, CharsMax) is not { } text)
        {
            return otherwise;
        }

        if (Curve.TryParse(text, out var curve))
        {
            return curve;
        }

        var near = DidYouMean.Nearest(text, Curve.Words);
        errors.Invalid(
            parent.PointerOf(name),
            $"\"{text}\" is not a curve.",
            near is null
                ? $"Use {string.Join(", ", Curve.Words)} or cubic-bezier(x1,y1,x2,y2) with x from 0 to 1, y from -2 to 3 and at most 4 decimals."
                : $"Did you mean \"{near}\"?");
        return otherwise;
    }
}
