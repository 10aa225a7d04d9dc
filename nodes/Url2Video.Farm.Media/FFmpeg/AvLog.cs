using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>
/// What the libraries say is kept per thread, last lines only, and ends up in exception messages; nothing goes to stderr.
/// Codecs and graphs here run single-threaded, so a failing call's words are found on its own thread.
/// </summary>
internal static unsafe class AvLog
{
    private const int LinesMax = 6;
    private const int LineBytesMax = 512;
    internal const int ErrorLevel = 16, WarningLevel = 24;
    private const int InfoLevel = 32;

    [ThreadStatic]
    private static Queue<string>? t_lines;

    [ThreadStatic]
    private static Action<string>? t_tap;

    private static readonly AsyncLocal<Hearing?> s_listener = new();

    /// <summary>Who hears the warnings of everything that this flow of control does.</summary>
    internal static Hearing? Listener { get => s_listener.Value; set => s_listener.Value = value; }

    /// <param name="LevelMax">Lines of a higher level are not heard: the higher, the less they matter.</param>
    internal sealed record Hearing(Action<string> Line, int LevelMax);

    internal static void Install() => AvUtil.av_log_set_callback(&OnLine);

    /// <summary>Empties this thread's lines, so that the next failure is not explained by an older one.</summary>
    internal static void Clear() => t_lines?.Clear();

    /// <summary>This thread's last lines as one text, and forgets them.</summary>
    internal static string TakeLines()
    {
        if (t_lines is not { Count: > 0 } lines)
        {
            return "";
        }

        var text = string.Join(" | ", lines);
        lines.Clear();
        return text;
    }

    /// <summary>Runs <paramref name="work"/> with every informative line of this thread given to <paramref name="line"/> as well.</summary>
    internal static void Tap(Action<string> line, Action work)
    {
        var outer = t_tap;
        t_tap = line;
        try
        {
            work();
        }
        finally
        {
            t_tap = outer;
        }
    }

    // Called from native code: must not throw. va_list is a pointer-sized argument on the ABIs we run on (System V x86-64
    // passes an array, AAPCS64 a large struct by reference, Windows and Apple a char*).
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLine(nint source, int level, byte* format, nint arguments)
    {
        var tap = t_tap;
        if (level > WarningLevel && (tap is null || level > InfoLevel))
        {
            return;
        }

        try
        {
            var buffer = stackalloc byte[LineBytesMax];
            var hasPrefix = tap is null ? 1 : 0;
            _ = AvUtil.av_log_format_line2(source, level, format, arguments, buffer, LineBytesMax, &hasPrefix);
            var line = Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(buffer)).TrimEnd();
            tap?.Invoke(line);
            if (level <= WarningLevel)
            {
                Keep(line);
                if (s_listener.Value is { } hearing && level <= hearing.LevelMax)
                {
                    hearing.Line(WithoutAddress(line));
                }
            }
        }
        catch (Exception)
        {
            // A lost log line must never take the process down through native frames.
        }
    }

    private static void Keep(string line)
    {
        var lines = t_lines ??= new Queue<string>(LinesMax);
        if (lines.Count == LinesMax)
        {
            lines.Dequeue();
        }

        lines.Enqueue(WithoutAddress(line));
    }

    // "[png @ 0x55d0c0ffee00] text" → "[png] text": the same failure then reads the same every time.
    private static string WithoutAddress(string line)
    {
        while (line.IndexOf(" @ 0x", StringComparison.Ordinal) is >= 0 and var start && line.IndexOf(']', start) is >= 0 and var end)
        {
            line = line.Remove(start, end - start);
        }

        return line;
    }
}
