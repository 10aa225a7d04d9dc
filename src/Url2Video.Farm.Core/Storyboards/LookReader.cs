using System.Text.Json;
using Url2Video.Farm.Core.Storyboards.Reading;

namespace Url2Video.Farm.Core.Storyboards;

/// <summary>Reads <c>"look": "noir"</c> and <c>"look": { "name": "vintage", "grain": 0 }</c>.</summary>
internal static class LookReader
{
    /// <summary>Numbers of a look have two decimals.</summary>
    private const int Scale = 100;

    public static Look? Read(StrictObject parent, ReadErrors errors)
    {
        if (!parent.TryGet("look", out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            var name = parent.Choice("look", LookName.Clean);
            return new Look(name, LookTable.Of(name));
        }

        return parent.Child("look", look => ReadNumbers(look, errors));
    }

    private static Look ReadNumbers(StrictObject look, ReadErrors errors)
    {
        var name = look.Choice("name", LookName.Clean);
        var of = LookTable.Of(name);
        var numbers = new LookNumbers(
            look.Integer("temperature", 2_000, 20_000, of.Kelvin),
            look.Decimal("brightness", Scale, 0, 200, of.Brightness),
            look.Decimal("contrast", Scale, 0, 200, of.Contrast),
            look.Decimal("saturation", Scale, 0, 200, of.Saturation),
            look.Decimal("sepia", Scale, 0, 100, of.Sepia),
            look.Decimal("fade", Scale, 0, 100, of.Fade),
            look.Decimal("curve", Scale, 0, 100, of.Curve),
            look.Decimal("toning", Scale, 0, 100, of.Toning),
            look.Decimal("vignette", Scale, 0, 100, of.Vignette),
            look.Decimal("grain", Scale, 0, 100, of.Grain))
        {
            Shadows = look.Colour("shadows", of.Shadows),
            Highlights = look.Colour("highlights", of.Highlights),
        };
        if (numbers.Toning == 0 && (numbers.Shadows, numbers.Highlights) != (of.Shadows, of.Highlights))
        {
            errors.Invalid(look.PointerOf("toning"), "shadows and highlights are not seen without toning.", "Write toning, such as 0.3.");
        }

        return new Look(name, numbers);
    }
}
