using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Url2Video.Farm.Media.Native;

/// <summary>
/// Finds the file behind each logical library name used in a LibraryImport. An assembly may have one resolver only, so
/// every native room of this project registers its names here.
/// </summary>
internal static class NativeLibraries
{
    private static readonly ConcurrentDictionary<string, Func<nint>> s_loaders = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, nint> s_loaded = new(StringComparer.Ordinal);

    /// <summary>Names the files to try, best first, for <paramref name="logicalName"/>. The first registration wins.</summary>
    internal static void Register(string logicalName, params string[] fileNames) =>
        Register(logicalName, () => LoadFirst(fileNames));

    /// <param name="loader">Gives a library handle, or 0 when the machine has none; asked again at the next call after a 0.</param>
    internal static void Register(string logicalName, Func<nint> loader) => s_loaders.TryAdd(logicalName, loader);

    /// <summary>The first of the files that loads, or 0.</summary>
    internal static nint LoadFirst(params string[] fileNames)
    {
        foreach (var name in fileNames)
        {
            if (NativeLibrary.TryLoad(name, out var handle))
            {
                return handle;
            }
        }

        return 0;
    }

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The resolver must be in place before the first import of any room.")]
    internal static void Install()
    {
        NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);
        FFmpeg.FFmpegFiles.Register();
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? paths)
    {
        if (s_loaded.TryGetValue(name, out var known))
        {
            return known;
        }

        var handle = s_loaders.TryGetValue(name, out var load) ? load() : 0;
        return handle == 0 ? 0 : s_loaded.GetOrAdd(name, handle);
    }
}
