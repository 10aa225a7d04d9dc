using System.Collections.Immutable;
using System.Globalization;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Core.Planning;

/// <summary>
/// Chooses the quality levels of a film. Levels are named by their short side (<c>720p</c> is 1280×720 or 720×1280), keep
/// the aspect of the canvas to the nearest even pixel, and never enlarge it.
/// </summary>
public static class Ladder
{
    public const int RungsMax = 8;

    public const int ShortSideMin = 144;

    public const int SideMin = 128;

    public const int WidthMax = 7_680;

    public const int HeightMax = 4_320;

    private static readonly ImmutableArray<int> Customary = [2160, 1440, 1080, 720, 480, 360];

    /// <summary>The rungs of a canvas, tallest first.</summary>
    /// <param name="shortSides">Wanted short sides in pixels, in any order; empty for the default ladder.</param>
    public static Outcome<ImmutableArray<Rung>> For(int width, int height, ImmutableArray<int> shortSides)
    {
        if (width is < SideMin or > WidthMax || height is < SideMin or > HeightMax || width % 2 != 0 || height % 2 != 0)
        {
            return Refuse($"A film of {width}x{height} cannot be made.", $"Choose even sides, {SideMin}..{WidthMax} wide and {SideMin}..{HeightMax} high.");
        }

        var canvas = Math.Min(width, height);
        if (shortSides.IsDefaultOrEmpty)
        {
            return DefaultSides(canvas).Select(side => Make(width, height, side)).ToImmutableArray();
        }

        return Check(canvas, shortSides) is { } error
            ? error
            : shortSides.OrderDescending().Select(side => Make(width, height, side)).ToImmutableArray();
    }

    /// <summary>Reads a person's list such as <c>1080,720,480</c>; a <c>p</c> after a number is allowed.</summary>
    public static Outcome<ImmutableArray<int>> Parse(string text)
    {
        var sides = ImmutableArray.CreateBuilder<int>();
        foreach (var part in text.Split(','))
        {
            var digits = part.Trim().TrimEnd('p', 'P');
            if (sides.Count == RungsMax || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var side))
            {
                return Refuse($"'{text}' is not a ladder.", $"Give up to {RungsMax} heights, such as 1080,720,480.");
            }

            sides.Add(side);
        }

        return sides.ToImmutable();
    }

    // Three levels up to 1080, four above; a step to three quarters or less is one that a viewer's network can feel.
    private static List<int> DefaultSides(int canvas)
    {
        List<int> sides = [canvas];
        foreach (var side in Customary)
        {
            if (sides.Count < (canvas > 1080 ? 4 : 3) && side * 4 <= sides[^1] * 3)
            {
                sides.Add(side);
            }
        }

        return sides;
    }

    private static FarmError? Check(int canvas, ImmutableArray<int> sides)
    {
        if (sides.Length > RungsMax)
        {
            return Refuse($"A ladder of {sides.Length} levels is too long.", $"Choose at most {RungsMax}.");
        }

        foreach (var side in sides)
        {
            if (side > canvas)
            {
                return Refuse($"The level {side} is taller than the film ({canvas}).", "Make the film larger, or leave the level out.");
            }

            if (side < Math.Min(ShortSideMin, canvas) || side % 2 != 0)
            {
                return Refuse($"The level {side} cannot be made.", $"Choose even heights from {ShortSideMin} to {canvas}.");
            }
        }

        return sides.Distinct().Count() == sides.Length ? null : Refuse("The ladder names a level twice.", "Name each height once.");
    }

    /// <summary>The rung of a short side in another codec or profile, of the size that the side gives it.</summary>
    internal static Rung Make(int width, int height, int side, VideoCodec codec = VideoCodec.H264, EncodingProfile profile = EncodingProfile.Standard)
    {
        var canvas = Math.Min(width, height);
        var (crf, preset) = CodecTable.Quality(codec, side, profile);
        return new Rung($"{side}p{CodecTable.SuffixOf(codec)}", Scale(width, side, canvas), Scale(height, side, canvas), crf, preset) { Codec = codec };
    }

    private static int Scale(int length, int side, int canvas) => (int)(((long)length * side + canvas) / (2L * canvas)) * 2;

    private static FarmError Refuse(string message, string wayOut) => new(ErrorCodes.InvalidArgument, message, wayOut);
}
