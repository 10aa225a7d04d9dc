using System.Runtime.CompilerServices;

namespace Url2Video.Farm.Cluster.Tests.Serialization;

/// <summary>
/// Bytes as they were when they were first written. A new message gets its file by running the tests once with
/// <c>U2V_WRITE_GOLDEN=1</c>; a file that is there is never rewritten, not even then.
/// </summary>
internal static class GoldenFile
{
    public static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Golden");

    public static void Verify(string name, byte[] bytes)
    {
        var path = Path.Combine(Folder(), name);
        if (!File.Exists(path) && Environment.GetEnvironmentVariable("U2V_WRITE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Folder());
            File.WriteAllBytes(path, bytes);
        }

        Assert.True(File.Exists(path), $"{name} has no golden bytes yet: see {nameof(GoldenFile)}.");
        Assert.Equal(System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(path)), System.Text.Encoding.UTF8.GetString(bytes));
    }
}
