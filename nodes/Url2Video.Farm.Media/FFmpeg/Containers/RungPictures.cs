using System.Globalization;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>
/// Some pictures of an H.264 rung that the farm encoded, in one pass and one at a time. What no other picture is made from and nobody wants is not
/// decoded: of a film of which one picture a second is wanted that is most of it.
/// </summary>
public static class RungPictures
{
    /// <param name="files">Init segment and media segments in order.</param>
    /// <param name="size">Of the pictures.</param>
    /// <param name="rate">Pictures a second, as a fraction.</param>
    /// <param name="wanted">Numbers of pictures in the order in which they are seen.</param>
    /// <param name="sink">Gets each wanted picture once, in that order; it is another when the call has returned.</param>
    /// <exception cref="FFmpegException">InvalidData: no rung of this size and rate, or one without a picture that is wanted.</exception>
    public static void Read(
        IReadOnlyList<string> files, (int Width, int Height) size, (long Num, long Den) rate, IReadOnlySet<long> wanted, Action<YuvImage, long> sink)
    {
        using var sequence = new FileSequence(files);
        using var reader = new VideoReader(sequence, "mov", "h264");
        using var picture = new YuvImage(size.Width, size.Height);
        var format = AvUtil.av_get_pix_fmt("yuv420p");
        var (ticks, unit) = (reader.Tick.Den * rate.Den, reader.Tick.Num * rate.Num);
        var (start, last, given) = (default(long?), -1L, 0);
        reader.ReadAll(Take, pts => wanted.Contains(NumberOf(pts)));
        if (given != wanted.Count)
        {
            throw Broken(string.Create(CultureInfo.InvariantCulture, $"It has {given} of the {wanted.Count} pictures that are wanted, and ends with number {last}."));
        }

        void Take(AvFrame frame)
        {
            var number = NumberOf(frame.Pts);
            if (number <= last)
            {
                throw Broken($"Picture {number} comes after picture {last}.");
            }

            last = number;
            if (!wanted.Contains(number))
            {
                return;
            }

            if ((frame.Width, frame.Height, frame.Format) != (size.Width, size.Height, format))
            {
                throw Broken($"Picture {number} is not {size.Width}x{size.Height} in 4:2:0.");
            }

            frame.CopyTo(picture);
            sink(picture, number);
            given++;
        }

        // The first packet is the first picture: every rung begins with a key picture that is shown first.
        long NumberOf(long pts)
        {
            start ??= pts;
            return (pts - start.Value) * unit / ticks;
        }
    }

    private static FFmpegException Broken(string message) => new(FFmpegErrorKind.InvalidData, message);
}
