namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>What kind of thing went wrong, for the node to map to a job error.</summary>
public enum FFmpegErrorKind
{
    /// <summary>Anything else; the message has the libraries' own words.</summary>
    Other,

    /// <summary>A codec, filter, muxer, option or file does not exist here.</summary>
    NotFound,

    /// <summary>The bytes are not what they claim to be, or are damaged.</summary>
    InvalidData,

    OutOfMemory,

    /// <summary>Well formed, but outside of what is supported (also: FFmpeg libraries of an unknown version).</summary>
    Unsupported,

    /// <summary>Refused because of its size, before any work was done.</summary>
    TooLarge,
}

/// <summary>A call into the FFmpeg libraries failed, or their input was refused.</summary>
public sealed class FFmpegException : Exception
{
    public FFmpegException(FFmpegErrorKind kind, string message) : base(message) => Kind = kind;

    internal FFmpegException(FFmpegErrorKind kind, int code, string call, string text, string log)
        : base(log.Length == 0 ? $"{call} failed: {text} ({code})." : $"{call} failed: {text} ({code}). {log}") =>
        (Kind, Code) = (kind, code);

    public FFmpegErrorKind Kind { get; }

    /// <summary>The AVERROR value, or 0 when we refused the input ourselves.</summary>
    public int Code { get; }
}
