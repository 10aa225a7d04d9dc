using System.Collections.Immutable;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Where the cursor stands when so many letters have been typed, in 1/65536 pixel, and the top of its line.</summary>
internal readonly record struct CursorPlace(int XQ16, int Y);

/// <summary>The cursor of a typed text: steady while keys are struck, then blinking half a second on, half a second off.</summary>
/// <param name="places">For 0, 1, 2 ... letters; the first belongs to the letter numbered <paramref name="first"/>.</param>
/// <param name="isLast">It stays when its text is complete; else it moves on to the next one.</param>
internal sealed class CursorSprite(Mask mask, Yuv colour, TextMove move, ImmutableArray<CursorPlace> places, int first, bool isLast) : ISprite
{
    private const long BlinkMicros = 500_000;

    public void Draw(long frame, YuvImage target, MaskPainter painter)
    {
        var micros = move.MicrosAt(frame);
        var delay = move.Rule.Motion.Delay * 1000L;
        if (frame >= move.Timing.End || micros < (first == 0 ? delay : move.Rule.StartOf(first - 1)))
        {
            return;
        }

        // The first unit that is not there yet tells how many are.
        var (low, high) = (0, places.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = micros < move.Rule.StartOf(first + middle) ? (low, middle) : (middle + 1, high);
        }

        var ended = move.Rule.StartOf(first + places.Length - 2);
        if (micros >= ended && (!isLast || (micros - ended) / BlinkMicros % 2 == 1))
        {
            return;
        }

        var alpha = move.Timing.GoingAt(frame);
        var placement = new MaskPlacement(0, 0, Pose.OwnSize, places[low].XQ16, places[low].Y << 16);
        move.Context.MaskSampler.Paint(target, mask, 0, 0, placement, null, colour, alpha);
    }

    public void Dispose() => mask.Dispose();
}
