namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>Containers that hold H.264 and AAC as they are.</summary>
public enum ContainerFormat
{
    Mp4,
    Mov,
}

/// <param name="VideoPackets">Pictures written.</param>
/// <param name="AudioPackets">Blocks of sound written.</param>
public readonly record struct RemuxResult(long VideoPackets, long AudioPackets);

/// <summary>
/// Fragmented MP4 tracks → one progressive file with its index in front. No coded byte changes; the priming of the sound and
/// the reordering delay of the pictures become edit lists, so that both start at zero.
/// </summary>
public static class Remuxer
{
    // Rounding in edit lists is then at most one sample.
    private const string MovieTimescale = "48000";

    /// <param name="videoFiles">Init segment and media segments in order.</param>
    /// <param name="audioFiles">The same for the sound; empty for a silent film.</param>
    /// <param name="outputPath">Created or overwritten; incomplete when this throws.</param>
    /// <exception cref="FFmpegException">InvalidData when an input is not a fragmented MP4 with such a track.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static RemuxResult Remux(
        IReadOnlyList<string> videoFiles,
        IReadOnlyList<string> audioFiles,
        string outputPath,
        ContainerFormat format = ContainerFormat.Mp4)
    {
        using var videoSource = new FileSequence(videoFiles);
        using var audioSource = new FileSequence(audioFiles);
        using var output = MediaOutput.Create(format == ContainerFormat.Mp4 ? "mp4" : "mov", outputPath);
        using var video = CopiedTrack.Open(videoSource, MediaType.Video, output);
        using var audio = audioFiles.Count == 0 ? null : CopiedTrack.Open(audioSource, MediaType.Audio, output);

        output.WriteHeader(
            ("fflags", "+bitexact"), // No name and date of the writer: the same inputs give the same file.
            ("movflags", "+faststart"),
            ("movie_timescale", MovieTimescale));
        while (Next(video, audio) is { } track)
        {
            track.WriteTo(output);
        }

        output.Finish();
        return new RemuxResult(video.Packets, audio?.Packets ?? 0);
    }

    // The track that is behind in time, so that the muxer has little to hold back.
    private static CopiedTrack? Next(CopiedTrack video, CopiedTrack? audio)
    {
        if (audio is null || audio.IsAtEnd)
        {
            return video.IsAtEnd ? null : video;
        }

        return video.IsAtEnd || audio.IsBefore(video) ? audio : video;
    }
}
