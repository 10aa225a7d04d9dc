using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Speech;
using Url2Video.Farm.Media.Text;

namespace Url2Video.Farm.Node.Work;

/// <summary>Media knows nothing of the farm and throws its own exceptions; here they get the farm's codes.</summary>
internal static class MediaFaults
{
    private const int NoSpaceLeft = 28; // ENOSPC, as .NET puts it into the low word of HResult and FFmpeg negates it.

    /// <exception cref="FarmException">What <paramref name="call"/> threw, in the farm's words, naming the job.</exception>
    public static T Guard<T>(JobSpec job, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception e) when (Translate(job.Id.Name, e) is { } error)
        {
            throw new FarmException(error, e);
        }
    }

    /// <inheritdoc cref="Guard"/>
    public static async Task<T> GuardAsync<T>(JobSpec job, Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception e) when (Translate(job.Id.Name, e) is { } error)
        {
            throw new FarmException(error, e);
        }
    }

    /// <summary>The farm's words for an image that <paramref name="name"/> stands for.</summary>
    public static FarmError OfImage(FFmpegException fault, string name) => fault.Kind switch
    {
        FFmpegErrorKind.TooLarge => new(ErrorCodes.ImageTooLarge, $"The image {name} is too large: {fault.Message}", "Scale it down to 50 megapixels or less."),
        _ => new(ErrorCodes.ImageUnreadable, $"The image {name} cannot be read: {fault.Message}", "Use a PNG, JPEG, WebP, GIF or BMP file."),
    };

    /// <summary>True when the file is at fault, not the machine.</summary>
    public static bool IsOfInput(FFmpegException fault) => IsOfInput(fault.Kind);

    /// <inheritdoc cref="IsOfInput(FFmpegException)"/>
    public static bool IsOfInput(FFmpegErrorKind kind) => kind is FFmpegErrorKind.InvalidData or FFmpegErrorKind.TooLarge or FFmpegErrorKind.Unsupported;

    /// <summary>The farm's words for a clip, whose name is in what was thrown.</summary>
    public static FarmError OfClip(ClipException fault) => fault.Kind == FFmpegErrorKind.TooLarge
        ? new(ErrorCodes.TooLarge, fault.Message, "Cut it shorter or scale it down.")
        : new(ErrorCodes.ClipUnreadable, fault.Message, "Use MP4, MOV, WebM, MKV, AVI or GIF with H.264, HEVC, VP8, VP9, AV1, MPEG-4, MPEG-2, MJPEG, ProRes or PNG pictures.");

    /// <param name="name">What the sound is in the film, as the subject of a sentence.</param>
    public static FarmError OfSound(FFmpegException fault, string name) => fault.Kind == FFmpegErrorKind.TooLarge
        ? new(ErrorCodes.TooLarge, $"{name} is too long: {fault.Message}", "Cut it shorter.")
        : new(ErrorCodes.SoundUnreadable, $"{name} cannot be read: {fault.Message}", "Use a WAV, FLAC, MP3, M4A, Ogg or WebM file.");

    /// <summary>The farm's words for the sound of a clip, whose pictures are fine.</summary>
    /// <param name="name">What the clip is in the film, as the subject of a sentence.</param>
    public static FarmError OfClipSound(FFmpegException fault, string name) => fault.Kind == FFmpegErrorKind.TooLarge
        ? new(ErrorCodes.TooLarge, $"{name} has a sound that is too long: {fault.Message}", "Cut it shorter, or leave the clip's sound out.")
        : new(ErrorCodes.SoundUnreadable, $"{name} has a sound that cannot be read: {fault.Message}", "Use AAC, MP3, Vorbis, Opus, FLAC, ALAC or PCM sound, or leave the clip's sound out.");

    private static FarmError? Translate(string job, Exception exception) => exception switch
    {
        SpeechException { Kind: SpeechFailure.VoiceNotFound } e => new(ErrorCodes.VoiceNotFound, e.Message, "`./url2video voices` lists the voices of this machine."),
        SpeechException { Kind: SpeechFailure.TextTooLong or SpeechFailure.NothingToSay } e => new(ErrorCodes.InvalidStoryboard, $"{job}: {e.Message}"),
        SpeechException e => new(ErrorCodes.MediaFailed, $"{job}: {e.Message}", Retryable: true),
        ClipException e when IsOfInput(e.Kind) => OfClip(e),
        ClipException e => new(ErrorCodes.MediaFailed, $"{job}: {e.Message}", Retryable: true),
        FFmpegException { Kind: FFmpegErrorKind.NotFound or FFmpegErrorKind.Unsupported } e => new(ErrorCodes.MediaLibrary, $"{job}: {e.Message}", "`./url2video doctor` tells what is missing."),
        FFmpegException { Code: -NoSpaceLeft } e => new(ErrorCodes.DiskFull, $"{job}: {e.Message}", "Free some space, then resume.", Retryable: true),
        FFmpegException { Kind: FFmpegErrorKind.OutOfMemory } e => new(ErrorCodes.MediaFailed, $"{job}: {e.Message}", "Use fewer --workers.", Retryable: true),
        FFmpegException e => new(ErrorCodes.MediaFailed, $"{job}: {e.Message}", Retryable: true),
        FontException { Kind: FontErrorKind.NoFonts } e => new(ErrorCodes.FontNotFound, $"{job}: {e.Message}", "`./url2video doctor` tells what is missing."),
        FontException e => new(ErrorCodes.MediaLibrary, $"{job}: {e.Message}", "`./url2video doctor` tells what is missing."),
        DllNotFoundException e => new(ErrorCodes.MediaLibrary, $"{job}: {e.Message}", "`./url2video doctor` tells what is missing."),
        EndOfStreamException e => new(ErrorCodes.ArtifactCorrupt, $"{job}: a file is shorter than it should be: {e.Message}"),
        ArgumentException e => new(ErrorCodes.InvalidStoryboard, $"{job}: {e.Message}"),
        IOException e when (e.HResult & 0xFFFF) == NoSpaceLeft => new(ErrorCodes.DiskFull, $"{job}: {e.Message}", "Free some space, then resume.", Retryable: true),
        _ => null,
    };
}
