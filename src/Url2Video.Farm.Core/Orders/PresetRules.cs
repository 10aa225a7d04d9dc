using System.Collections.Immutable;
using System.Globalization;

namespace Url2Video.Farm.Core.Orders;

/// <summary>Lays a preset under the wishes of an order: what is said wins where the platform takes it, and is refused where not. Pure.</summary>
internal static class PresetRules
{
    public static (OrderWishes Wishes, Preset? Preset, ImmutableArray<OrderFault> Faults) Apply(OrderWishes wishes)
    {
        if (wishes.Preset is null)
        {
            return (wishes, null, []);
        }

        if (PresetCatalog.Find(wishes.Preset) is not { } preset)
        {
            return (wishes, null, [new OrderFault("preset", wishes.Preset, "one of " + PresetCatalog.Names)]);
        }

        var isShapeSaid = wishes.Size is not null || wishes.Aspect is not null;
        var filled = wishes with
        {
            Size = isShapeSaid ? wishes.Size : string.Create(CultureInfo.InvariantCulture, $"{preset.Width}x{preset.Height}"),
            Fps = wishes.Fps ?? preset.Fps,
            Seconds = wishes.Seconds ?? preset.SecondsWanted,
            Loudness = wishes.Loudness ?? preset.Loudness,
            Format = wishes.Format ?? preset.Formats,
            Quality = wishes.Quality ?? preset.Quality,
        };
        return (filled, preset, []);
    }

    /// <summary>What a judged order says that the platform does not take.</summary>
    public static IEnumerable<OrderFault> Misfits(Preset preset, OrderWishes wishes, int width, int height, Rational fps)
    {
        if ((long)width * preset.Height != (long)height * preset.Width)
        {
            var field = wishes.Size is not null ? "size" : "aspect";
            yield return new OrderFault(field, wishes.Size ?? wishes.Aspect ?? "", string.Create(
                CultureInfo.InvariantCulture, $"the shape of {preset.Width}x{preset.Height}, which the preset {preset.Name} has, or leave the preset out"));
        }

        if (fps.Numerator > (long)preset.FpsMax * fps.Denominator)
        {
            yield return new OrderFault("fps", wishes.Fps ?? fps.ToString(), string.Create(
                CultureInfo.InvariantCulture, $"at most {preset.FpsMax} frames a second with the preset {preset.Name}"));
        }

        if (preset.SecondsMax > 0 && wishes.Seconds > preset.SecondsMax)
        {
            yield return new OrderFault("seconds", wishes.Seconds.Value.ToString(CultureInfo.InvariantCulture), string.Create(
                CultureInfo.InvariantCulture, $"at most {preset.SecondsMax} with the preset {preset.Name}"));
        }
    }
}
