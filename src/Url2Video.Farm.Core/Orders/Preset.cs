using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Core.Orders;

/// <summary>What a platform takes. It fills in what the order leaves open, and bounds what the order says.</summary>
/// <param name="Name">As people ask for it.</param>
/// <param name="Platform">As people know it.</param>
/// <param name="Width">Luma pixels.</param>
/// <param name="Height">Luma pixels.</param>
/// <param name="Fps">When the order says none.</param>
/// <param name="FpsMax">More is refused.</param>
/// <param name="Loudness">In the words of the order: -14, -16 or -23.</param>
/// <param name="Formats">In the words of the order.</param>
/// <param name="SecondsMax">A longer film is refused before it is rendered; 0: no bound of the platform.</param>
/// <param name="CrfShift">Better (negative) or smaller (positive) than customary.</param>
/// <param name="KilobitsGuide">What the platform recommends for this size: for orientation, as quality here is constant and not the rate.</param>
/// <param name="Note">Where it is good for, or where the figures come from.</param>
public sealed record Preset(
    string Name,
    string Platform,
    int Width,
    int Height,
    string Fps,
    int FpsMax,
    string Loudness,
    string Formats,
    int SecondsMax,
    int CrfShift,
    int KilobitsGuide,
    string Note)
{
    /// <summary>What becomes of the judgement on the film, in the words of the order.</summary>
    public string Quality { get; init; } = "report";

    /// <summary>What the words take at most, a tenth below the bound: speech is planned, not cut.</summary>
    public int? SecondsWanted => SecondsMax is > 0 and <= 180 ? SecondsMax * 9 / 10 : null;
}
