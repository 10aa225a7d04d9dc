using static Url2Video.Farm.Media.FFmpeg.AvCodec;
using static Url2Video.Farm.Media.FFmpeg.AvUtil;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>The FFmpeg libraries of this machine: found, known, checked, or refused with a reason.</summary>
public static class FFmpegLibrary
{
    // The largest honest request is the frame of a 50 megapixel image with 16 bits a channel (400 MB).
    private const int AllocationBytesMax = 640 * 1024 * 1024;
    private static readonly Lazy<State> s_state = new(Load);
    private static readonly Lazy<string?> s_formatFault = new(() => AvSelfCheck.FormatFault(Layout));
    private static readonly Lazy<string> s_versions = new(() => $"{CodecVersions}, avformat {Text(AvFormat.avformat_version())}, "
        + $"avfilter {Text(AvFilter.avfilter_version())}, swscale {Text(SwScale.swscale_version())}");

    /// <summary>True when libraries of a known version are installed.</summary>
    public static bool IsAvailable => s_state.Value.Refusal is null;

    /// <summary>Why there is none, or null.</summary>
    public static string? Refusal => s_state.Value.Refusal;

    /// <summary>Versions as <c>avutil 57.28.100, avcodec 59.37.100, ...</c>; part of what coded bytes depend on.</summary>
    /// <exception cref="FFmpegException">NotFound or Unsupported, see <see cref="Refusal"/>.</exception>
    public static string Versions
    {
        get
        {
            _ = Checked();
            return s_versions.Value;
        }
    }

    internal static AvLayout Layout => Checked().Layout!;

    /// <exception cref="FFmpegException">NotFound when there are no libraries, Unsupported when their version is unknown.</exception>
    internal static void EnsureLoaded() => Checked();

    /// <summary>The same, and containers can be read and written.</summary>
    /// <exception cref="FFmpegException">NotFound or Unsupported.</exception>
    internal static void EnsureFormats()
    {
        EnsureLoaded();
        try
        {
            if (s_formatFault.Value is { } fault)
            {
                throw new FFmpegException(FFmpegErrorKind.Unsupported, $"The FFmpeg libraries ({Versions}) are laid out in an unknown way: {fault}.");
            }
        }
        catch (DllNotFoundException e)
        {
            throw new FFmpegException(FFmpegErrorKind.NotFound, $"libavformat is there and cannot be loaded ({e.Message}).");
        }
    }

    private static string CodecVersions => $"avutil {Text(avutil_version())}, avcodec {Text(avcodec_version())}";

    private static State Checked()
    {
        var state = s_state.Value;
        return state.Refusal is null ? state : throw new FFmpegException(state.Kind, state.Refusal);
    }

    private static State Load()
    {
        if (!Environment.Is64BitProcess)
        {
            return State.Refused(FFmpegErrorKind.Unsupported, "The FFmpeg binding needs a 64-bit process.");
        }

        try
        {
            var (util, codec) = (avutil_version(), avcodec_version());
            var layout = AvLayout.For(Major(util), Major(codec), FFmpegFiles.FormatMajor);
            if (layout is null)
            {
                return State.Refused(FFmpegErrorKind.Unsupported, $"FFmpeg libraries of an unknown version: {CodecVersions}.");
            }

            AvLog.Install();
            av_max_alloc(AllocationBytesMax);
            return AvSelfCheck.CodecFault(layout) is { } fault
                ? State.Refused(FFmpegErrorKind.Unsupported, $"The FFmpeg libraries ({CodecVersions}) are laid out in an unknown way: {fault}.")
                : new State(layout, null, default);
        }
        catch (FFmpegException e)
        {
            return State.Refused(FFmpegErrorKind.Unsupported, $"The FFmpeg libraries cannot be checked: {e.Message}");
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return State.Refused(FFmpegErrorKind.NotFound, $"No FFmpeg libraries of version 5.1 or 6 to 9 are installed ({e.Message}).");
        }
    }

    private static int Major(uint version) => (int)(version >> 16);

    private static string Text(uint version) => $"{version >> 16}.{(version >> 8) & 0xFF}.{version & 0xFF}";

    private sealed record State(AvLayout? Layout, string? Refusal, FFmpegErrorKind Kind)
    {
        internal static State Refused(FFmpegErrorKind kind, string reason) => new(null, reason, kind);
    }
}
