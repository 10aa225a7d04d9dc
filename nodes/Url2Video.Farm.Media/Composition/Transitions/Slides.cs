using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Pictures that move whole: pushed, covered, revealed. Rows are copied; movement is eased and in steps of two pixels, as chroma has it.</summary>
internal static class Slides
{
    public static void Draw(TransitionKind kind, YuvImage from, YuvImage to, int weight, YuvImage target)
    {
        var place = kind - TransitionKind.PushLeft;
        var movesOld = place < 4 || place >= 8;
        var movesNew = place < 8;
        var eased = EasingCurve.Apply(Easing.InOutCubic, weight * EasingCurve.One / FixedPoint.One15);
        var way = (place & 3) < 2 ? target.Width : target.Height;
        var gone = (int)(way * eased >> 31) * 2;
        var (old, young) = (movesOld ? gone : 0, movesNew ? way - gone : 0);
        switch (place & 3)
        {
            case 0:
                Across(from, to, target, way - gone, old, -young);
                break;
            case 1:
                Across(to, from, target, gone, young, -old);
                break;
            case 2:
                Down(from, to, target, way - gone, old, -young);
                break;
            default:
                Down(to, from, target, gone, young, -old);
                break;
        }
    }

    // Left of the border the first picture, read `shift` pixels further right; right of it the second one likewise.
    private static void Across(YuvImage first, YuvImage second, YuvImage target, int border, int shift, int shiftSecond)
    {
        for (var y = 0; y < target.Height; y++)
        {
            Row(first.RowY(y), second.RowY(y), target.RowY(y), border, shift, shiftSecond);
        }

        for (var y = 0; y < target.Height / 2; y++)
        {
            Row(first.RowU(y), second.RowU(y), target.RowU(y), border / 2, shift / 2, shiftSecond / 2);
            Row(first.RowV(y), second.RowV(y), target.RowV(y), border / 2, shift / 2, shiftSecond / 2);
        }
    }

    private static void Row(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> target, int border, int shift, int shiftSecond)
    {
        first.Slice(shift, border).CopyTo(target);
        second[(border + shiftSecond)..][..(target.Length - border)].CopyTo(target[border..]);
    }

    private static void Down(YuvImage first, YuvImage second, YuvImage target, int border, int shift, int shiftSecond)
    {
        for (var y = 0; y < target.Height; y++)
        {
            (y < border ? first.RowY(y + shift) : second.RowY(y + shiftSecond)).CopyTo(target.RowY(y));
        }

        for (var y = 0; y < target.Height / 2; y++)
        {
            var isFirst = 2 * y < border;
            var (picture, row) = isFirst ? (first, y + (shift / 2)) : (second, y + (shiftSecond / 2));
            picture.RowU(row).CopyTo(target.RowU(y));
            picture.RowV(row).CopyTo(target.RowV(y));
        }
    }
}
