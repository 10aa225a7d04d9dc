using System.Runtime.InteropServices;
using static Url2Video.Farm.Media.FFmpeg.AvUtil;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>AVOptions of any object that has them: the accessors that stay the same while structures move.</summary>
internal static unsafe class AvOptions
{
    private const int SearchChildren = 1;

    /// <exception cref="FFmpegException">NotFound for an unknown option; the message names it.</exception>
    internal static T Set<T>(this T target, string name, string value) where T : AvHandle
    {
        AvResult.Check(av_opt_set(target, name, value, SearchChildren), $"av_opt_set {name}={value}");
        return target;
    }

    /// <exception cref="FFmpegException">NotFound for an unknown option; the message names it.</exception>
    internal static T Set<T>(this T target, string name, long value) where T : AvHandle
    {
        AvResult.Check(av_opt_set_int(target, name, value, SearchChildren), $"av_opt_set_int {name}={value}");
        return target;
    }

    /// <exception cref="FFmpegException">NotFound for an unknown option; the message names it.</exception>
    internal static T Set<T>(this T target, string name, AvRational value) where T : AvHandle
    {
        AvResult.Check(av_opt_set_q(target, name, value, SearchChildren), $"av_opt_set_q {name}={value.Num}/{value.Den}");
        return target;
    }

    internal static long GetInt(this AvHandle target, string name)
    {
        AvResult.Check(av_opt_get_int(target, name, SearchChildren, out var value), $"av_opt_get_int {name}");
        return value;
    }

    internal static string GetText(this AvHandle target, string name)
    {
        AvResult.Check(av_opt_get(target, name, SearchChildren, out var value), $"av_opt_get {name}");
        var text = Marshal.PtrToStringUTF8(value) ?? "";
        av_free(value);
        return text;
    }
}
