using System.Runtime.InteropServices;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>SVT-AV1 writes to stderr past FFmpeg's log, and listens to nothing but the environment of the C library, which .NET keeps apart from its own.</summary>
internal static partial class QuietEncoders
{
    private static readonly Lazy<bool> s_isSet = new(Set);

    internal static void Ensure() => _ = s_isSet.Value;

    private static bool Set() => !OperatingSystem.IsLinux() || setenv("SVT_LOG", "1", 0) == 0; // Errors only, unless somebody asked for more.

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
