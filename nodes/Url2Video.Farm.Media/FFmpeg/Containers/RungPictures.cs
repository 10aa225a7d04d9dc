using System.Globalization;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>Some pictures of an H.264 rung that the farm encoded: all are decoded, in one pass and one at a time, and those that are wanted are shown.</summary>
public static class RungPictures
{
    /// <param name="files">Init segment and media segments in order.</param>
    /// <param name="width">Of the pictures.</param>
    /// <param name="height">Of the pictures.</param>
    /// <param name="wanted">Numbers of pictures in the order in which they are seen, growing.</param>
    /// <param name="sink">Gets each wanted picture once; it is another when the call has returned.</param>
    /// <exception cref="FFmpegException">InvalidData: no rung of this size, or it ends before the last picture that is wanted.</exception>
    public static void Read(IReadOnlyList<string> files, int width, int height, IEnumerable<long> wanted, Action<YuvImage, long> sink)
    {
        using var sequence = new FileSequence(files);
        using var reader = new VideoReader(sequence, "mov", "h264");
        using var picture = new YuvImage(width, height);
        using var next = wanted.GetEnumerator();
        var format = AvUtil.av_get_pix_fmt("yuv420p");
        var (number, isOpen) = (0L, next.MoveNext());
        reader.ReadAll(frame =>
        {
            if (isOpen && next.Current == number)
            {
                if ((frame.Width, frame.Height, frame.Format) != (width, height, format))
                {
                    throw Broken($"Picture {number} is not {width}x{height} in 4:2:0.");
                }

                frame.CopyTo(picture);
                sink(picture, number);
                isOpen = next.MoveNext();
            }

            number++;
        });
        if (isOpen)
        {
            throw Broken(string.Create(CultureInfo.InvariantCulture, $"It has {number} pictures, and number {next.Current} is wanted."));
        }
    }

    private static FFmpegException Broken(string message) => new(FFmpegErrorKind.InvalidData, message);
}
