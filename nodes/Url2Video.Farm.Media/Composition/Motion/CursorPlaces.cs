using System.Collections.Immutable;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Text;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Finds where the cursor stands from where the letters are. Pure.</summary>
internal static class CursorPlaces
{
    /// <param name="letters">In order of their tags, which are their places in the text.</param>
    /// <param name="count">Letters of the text, spaces counted.</param>
    /// <param name="place">Of the text in the frame.</param>
    /// <param name="x">That the letters count from.</param>
    /// <returns>One place more than there are letters: before the first, and after each.</returns>
    public static ImmutableArray<CursorPlace> Of(List<TextBitmap> letters, LaidOutText text, int count, PixelRect place, int x)
    {
        var gap = Math.Max(1, text.Em / 16);
        var places = ImmutableArray.CreateBuilder<CursorPlace>(count + 1);
        var next = 0;
        for (var typed = 0; typed <= count; typed++)
        {
            while (next < letters.Count && letters[next].Tag < typed)
            {
                next++;
            }

            // Behind the letter that was struck last; after a space, before the letter to come, which may stand on the next line.
            var isNextALetter = next < letters.Count && letters[next].Tag == typed;
            var isLastALetter = next > 0 && letters[next - 1].Tag == typed - 1;
            places.Add(next == 0 || (isNextALetter && !isLastALetter) ? Beside(next, isBefore: true) : Beside(next - 1, isBefore: false));
        }

        return places.MoveToImmutable();

        CursorPlace Beside(int letter, bool isBefore)
        {
            if (letters.Count == 0)
            {
                return new CursorPlace(place.X << 16, place.Y);
            }

            var mask = letters[Math.Min(letter, letters.Count - 1)].Mask;
            var line = Math.Clamp((mask.Y + (mask.Luma.Height / 2)) / text.LineHeight, 0, Math.Max(0, text.Lines.Length - 1));
            var isLeft = isBefore != text.IsRightToLeft;
            var at = x + (isLeft ? mask.X - (2 * gap) : mask.X + mask.Luma.Width + gap);
            return new CursorPlace(at << 16, place.Y + (line * text.LineHeight) + text.Baseline - (text.Em * 8 / 10));
        }
    }
}
