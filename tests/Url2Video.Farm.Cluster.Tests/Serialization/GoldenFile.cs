using System.Runtime.CompilerServices;
using System.Text;

namespace Url2Video.Farm.Cluster.Tests.Serialization;

/// <summary>
/// Bytes as farms have them in their journals, one file a generation: <c>name.json</c>, <c>name.2.json</c>, … The newest must be
/// what is written today; every older one must still read as the same value (a property that was added later has its default).
/// A new generation is written by running the tests once with <c>U2V_WRITE_GOLDEN=1</c>; a file that is there never changes.
/// </summary>
internal static class GoldenFile
{
    public static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Golden");

    /// <param name="rewrite">Reads bytes of any generation and writes the value again.</param>
    public static void Verify(string name, byte[] bytes, Func<byte[], byte[]> rewrite)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var generations = Enumerable.Range(1, 99).Select(g => PathOf(name, g)).TakeWhile(File.Exists).ToList();
        if ((generations.Count == 0 || File.ReadAllText(generations[^1]) != text) && Environment.GetEnvironmentVariable("U2V_WRITE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Folder());
            generations.Add(PathOf(name, generations.Count + 1));
            File.WriteAllBytes(generations[^1], bytes);
        }

        Assert.True(generations.Count > 0, $"{name} has no golden bytes yet: see {nameof(GoldenFile)}.");
        Assert.Equal(File.ReadAllText(generations[^1]), text);
        Assert.All(generations, path => Assert.Equal(text, Encoding.UTF8.GetString(rewrite(File.ReadAllBytes(path)))));
    }

    private static string PathOf(string name, int generation) =>
        Path.Combine(Folder(), generation == 1 ? $"{name}.json" : $"{name}.{generation}.json");
}
