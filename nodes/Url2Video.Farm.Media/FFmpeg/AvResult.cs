using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>The one place where a return value of the libraries becomes an exception.</summary>
internal static class AvResult
{
    internal const int InvalidData = -('I' | ('N' << 8) | ('D' << 16) | ('A' << 24));
    internal const int EndOfFile = -('E' | ('O' << 8) | ('F' << 16) | (' ' << 24));
    internal const int External = -('E' | ('X' << 8) | ('T' << 16) | (' ' << 24));
    private const int PatchWelcome = -('P' | ('A' << 8) | ('W' << 16) | ('E' << 24));
    private const int OutOfMemory = -12;
    private const int NoEntry = -2;
    private const int InvalidArgument = -22;
    private const int OutOfRange = -34;
    private const int TextBytesMax = 128;

    // errno values are the operating system's own; these two are the ones that differ and matter.
    private static readonly bool s_isMac = OperatingSystem.IsMacOS();
    private static readonly int s_notImplemented = s_isMac ? -78 : OperatingSystem.IsWindows() ? -40 : -38;

    /// <summary>AVERROR(EAGAIN): give input, or take output, first.</summary>
    internal static int Again { get; } = s_isMac ? -35 : -11;

    /// <summary>Gives back <paramref name="result"/> when it is no error.</summary>
    /// <exception cref="FFmpegException">The value is negative; the message names the failing call.</exception>
    internal static int Check(int result, [CallerArgumentExpression(nameof(result))] string call = "") =>
        result >= 0 ? result : throw Failure(result, call);

    /// <summary>False when the call asks for more input first, or has given all; true when it gave something.</summary>
    /// <exception cref="FFmpegException">As of <see cref="Check"/>.</exception>
    internal static bool HasGiven(int result, [CallerArgumentExpression(nameof(result))] string call = "") =>
        result != Again && result != EndOfFile && Check(result, call) >= 0;

    /// <exception cref="FFmpegException">OutOfMemory when <paramref name="pointer"/> is null: there is no other sign.</exception>
    internal static nint CheckPointer(nint pointer, [CallerArgumentExpression(nameof(pointer))] string call = "") =>
        pointer != 0 ? pointer : throw Failure(OutOfMemory, call);

    internal static FFmpegException Failure(int result, string call) =>
        new(KindOf(result), result, NameOf(call), Describe(result), AvLog.TakeLines());

    internal static FFmpegErrorKind KindOf(int result) => result switch
    {
        InvalidData or EndOfFile => FFmpegErrorKind.InvalidData,
        OutOfMemory => FFmpegErrorKind.OutOfMemory,
        NoEntry => FFmpegErrorKind.NotFound,
        PatchWelcome => FFmpegErrorKind.Unsupported,
        InvalidArgument or OutOfRange => FFmpegErrorKind.Other,
        _ when result == s_notImplemented => FFmpegErrorKind.Unsupported,
        _ when IsNotFoundTag(result) => FFmpegErrorKind.NotFound,
        _ => FFmpegErrorKind.Other,
    };

    // AVERROR_DECODER_NOT_FOUND and its kin are tags whose first byte is 0xF8.
    private static bool IsNotFoundTag(int result) => (-result & 0xFF) == 0xF8 && result < -0xFFFFFF;

    private static string NameOf(string call)
    {
        var end = call.IndexOf('(', StringComparison.Ordinal);
        var name = end < 0 ? call : call[..end];
        return name[(name.LastIndexOf('.') + 1)..];
    }

    private static unsafe string Describe(int result)
    {
        var text = stackalloc byte[TextBytesMax];
        return AvUtil.av_strerror(result, text, TextBytesMax) < 0
            ? "unknown error"
            : Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));
    }
}
