using System.Runtime.InteropServices;
using Url2Video.Farm.Media.Native;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>The shared libraries of each FFmpeg release line that this binding knows, newest first.</summary>
internal static class FFmpegFiles
{
    internal const string AvUtil = "avutil";
    internal const string AvCodec = "avcodec";
    internal const string AvFormat = "avformat";
    internal const string AvFilter = "avfilter";
    internal const string SwScale = "swscale";

    private static readonly Release[] s_releases =
    [
        new("9", 61, 63, 63, 12, 10),
        new("8", 60, 62, 62, 11, 9),
        new("7", 59, 61, 61, 10, 8),
        new("6", 58, 60, 60, 9, 7),
        new("5.1", 57, 59, 59, 8, 6),
    ];

    private static readonly Lock s_gate = new();
    private static readonly Dictionary<string, nint> s_handles = new(StringComparer.Ordinal);
    private static Release? s_release;

    /// <summary>Of libavformat; 0 before the first library is loaded.</summary>
    internal static int FormatMajor => s_release?.Format ?? 0;

    internal static void Register()
    {
        foreach (var name in (ReadOnlySpan<string>)[AvUtil, AvCodec, AvFormat, AvFilter, SwScale])
        {
            NativeLibraries.Register(name, () => Load(name));
        }
    }

    // All five come from one release: structures of one library are read by the next.
    private static nint Load(string name)
    {
        lock (s_gate)
        {
            s_release ??= s_releases.FirstOrDefault(TryBegin);
            if (s_release is null)
            {
                return 0;
            }

            if (!s_handles.TryGetValue(name, out var handle) && NativeLibrary.TryLoad(FileName(name, s_release.Majors.First(m => m.Name == name).Major), out handle))
            {
                s_handles.Add(name, handle);
            }

            return handle;
        }
    }

    /// <summary>Loads what every work needs of a release, and sees that the rest is there: containers and filters bring some seventy libraries of others with them, for a few works.</summary>
    private static bool TryBegin(Release release)
    {
        foreach (var (name, major) in release.Majors)
        {
            if (name is AvFormat or AvFilter && IsBesideCodec(FileName(name, major)))
            {
                continue;
            }

            if (!NativeLibrary.TryLoad(FileName(name, major), out var handle))
            {
                foreach (var loaded in s_handles.Values)
                {
                    NativeLibrary.Free(loaded);
                }

                s_handles.Clear();
                return false;
            }

            s_handles.Add(name, handle);
        }

        return true;
    }

    // Where it cannot be told, they are loaded to see.
    private static bool IsBesideCodec(string file)
    {
        const string Maps = "/proc/self/maps";
        const string Codec = "/libavcodec.so.";
        var line = File.Exists(Maps) ? File.ReadLines(Maps).FirstOrDefault(l => l.Contains(Codec, StringComparison.Ordinal)) : null;
        return line is not null && File.Exists(string.Concat(line[line.IndexOf('/', StringComparison.Ordinal)..line.IndexOf(Codec, StringComparison.Ordinal)], "/", file));
    }

    private static string FileName(string name, int major) =>
        OperatingSystem.IsWindows() ? $"{name}-{major}.dll"
        : OperatingSystem.IsMacOS() ? $"lib{name}.{major}.dylib"
        : $"lib{name}.so.{major}";

    private sealed record Release(string Line, int Util, int Codec, int Format, int Filter, int Scale)
    {
        public (string Name, int Major)[] Majors =>
            [(AvUtil, Util), (AvCodec, Codec), (AvFormat, Format), (AvFilter, Filter), (SwScale, Scale)];
    }
}
