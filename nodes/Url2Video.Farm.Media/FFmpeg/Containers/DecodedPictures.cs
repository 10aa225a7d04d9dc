namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>Decodes a track that lies in several files, an init segment and what follows it, to count its pictures. What they show is thrown away.</summary>
public static class DecodedPictures
{
    private const string Formats = "mov";
    private const string Codecs = "h264,hevc,vp9,libdav1d";

    /// <param name="files">The init segment first.</param>
    /// <param name="most">No more are decoded.</param>
    /// <exception cref="FFmpegException">They cannot be decoded, or are too many.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static long Count(IReadOnlyList<string> files, long most)
    {
        using var stream = new FileSequence(files);
        using var reader = new VideoReader(stream, Formats, Codecs);
        var count = 0L;
        reader.ReadAll(_ =>
        {
            if (++count > most)
            {
                throw new FFmpegException(FFmpegErrorKind.TooLarge, $"There are more than {most} pictures in it.");
            }
        });
        return count;
    }
}
