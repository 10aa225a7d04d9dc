namespace Url2Video.Farm.Media.FFmpeg;

/// <param name="VideoPackets">Pictures written.</param>
/// <param name="AudioPackets">Blocks of sound written.</param>
public readonly record struct RemuxResult(long VideoPackets, long AudioPackets);

/// <summary>
/// Fragmented MP4 tracks → one file, MP4 with its index in front. No coded byte changes but where the container asks for another form of the same; in MP4 and
/// MOV the priming of the sound and the reordering delay of the pictures become edit lists, so that both start at zero.
/// </summary>
public static class Remuxer
{
    // Rounding in edit lists is then at most one sample.
    private const string MovieTimescale = "48000";

    private const string VideoInputs = "mov", AudioInputs = "mov,matroska,wav";

    /// <param name="videoFiles">Init segment and media segments in order; empty for sound alone.</param>
    /// <param name="audioFiles">The same for the sound, or one WebM or WAV file; empty for a silent film.</param>
    /// <param name="outputPath">Created or overwritten; incomplete when this throws.</param>
    /// <exception cref="FFmpegException">InvalidData when an input is not a fragmented MP4 with such a track.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static RemuxResult Remux(
        IReadOnlyList<string> videoFiles,
        IReadOnlyList<string> audioFiles,
        string outputPath,
        ContainerFormat format = ContainerFormat.Mp4)
    {
        if (videoFiles.Count == 0 && audioFiles.Count == 0)
        {
            throw new ArgumentException("There is neither picture nor sound.", nameof(videoFiles));
        }

        using var videoSource = new FileSequence(videoFiles);
        using var audioSource = new FileSequence(audioFiles);
        using var output = MediaOutput.Create(ContainerFormats.MuxerOf(format), outputPath);
        using var video = videoFiles.Count == 0 ? null : CopiedTrack.Open(videoSource, VideoInputs, MediaType.Video, output, format);
        using var audio = audioFiles.Count == 0 ? null : CopiedTrack.Open(audioSource, AudioInputs, MediaType.Audio, output, format);

        output.WriteHeader(Settings(format));
        while (Next(video, audio) is { } track)
        {
            track.WriteTo(output);
        }

        output.Finish();
        return new RemuxResult(video?.Packets ?? 0, audio?.Packets ?? 0);
    }

    // Without names, dates and random numbers: the same inputs give the same file.
    private static (string, string)[] Settings(ContainerFormat format) => format switch
    {
        ContainerFormat.Avi => [("fflags", "+bitexact")],
        // No time is below zero (CopiedTrack sees to it), and the pictures must not be moved for the priming of the sound.
        ContainerFormat.WebM => [("fflags", "+bitexact"), ("avoid_negative_ts", "disabled")],
        _ => [("fflags", "+bitexact"), ("movflags", "+faststart"), ("movie_timescale", MovieTimescale)],
    };

    // The track that is behind in time, so that the muxer has little to hold back.
    private static CopiedTrack? Next(CopiedTrack? video, CopiedTrack? audio)
    {
        if (audio is null || audio.IsAtEnd)
        {
            return video is null || video.IsAtEnd ? null : video;
        }

        return video is null || video.IsAtEnd || audio.IsBefore(video) ? audio : video;
    }
}
