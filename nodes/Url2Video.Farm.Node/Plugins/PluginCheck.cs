using System.Collections.Immutable;
using System.Security.Cryptography;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Node.Plugins;

/// <param name="StartMillis">From the start of the process until it was ready.</param>
/// <param name="FrameMillis">A frame of 1920 by 1080, the two ways through the pipe counted in; the median.</param>
/// <param name="Frames">Hash of what became of the golden frames: the same plugin must say the same on every machine.</param>
public sealed record PluginVerdict(double StartMillis, double FrameMillis, string Frames);

/// <summary>Tries a plugin alone: golden frames by two processes, in two orders, must become the same.</summary>
public sealed class PluginCheck(PluginShelf shelf, TimeProvider clock)
{
    private const int Width = 640;
    private const int Height = 360;
    private const int GoldenFrames = 8;
    private const int TimedFrames = 9;
    private const string Scene = "check";

    /// <exception cref="FarmException"><c>ERR_PLUGIN_FAILED</c> and its kin: what is wrong with it.</exception>
    public PluginVerdict Run(PluginFolder plugin, string scratchDir, CancellationToken cancellation)
    {
        var forwards = Golden(plugin, scratchDir, [.. Enumerable.Range(0, GoldenFrames)], cancellation);
        var backwards = Golden(plugin, scratchDir, [.. Enumerable.Range(0, GoldenFrames).Reverse()], cancellation);
        var other = Enumerable.Range(0, GoldenFrames).FirstOrDefault(i => forwards[i] != backwards[i], -1);
        if (other >= 0)
        {
            throw new FarmException(
                ErrorCodes.PluginFailed,
                $"The plugin {plugin.Manifest.Id} made another picture of frame {other} when the frames came in another order.",
                "What it makes of a frame may depend on nothing but its number, its picture, the seed and the parameters: a film is made in pieces, by many machines.");
        }

        var (start, frame) = Timed(plugin, scratchDir, cancellation);
        return new PluginVerdict(start, frame, Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(string.Concat(forwards)))));
    }

    private ImmutableArray<string> Golden(PluginFolder plugin, string scratchDir, ImmutableArray<int> order, CancellationToken cancellation)
    {
        using var filters = new PluginFilters(shelf, scratchDir, cancellation);
        using var filter = Open(filters, plugin, Width, Height);
        using var image = new YuvImage(Width, Height);
        var hashes = new string[GoldenFrames];
        foreach (var number in order)
        {
            Paint(image, number);
            filter.Apply(number, image);
            hashes[number] = HashOf(image);
        }

        return [.. hashes];
    }

    private (double Start, double Frame) Timed(PluginFolder plugin, string scratchDir, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        using var filters = new PluginFilters(shelf, scratchDir, cancellation);
        using var filter = Open(filters, plugin, 1920, 1080);
        var start = clock.GetElapsedTime(started).TotalMilliseconds;
        using var image = new YuvImage(1920, 1080);
        Paint(image, 0);
        var times = new double[TimedFrames];
        for (var i = 0; i < times.Length; i++)
        {
            var before = clock.GetTimestamp();
            filter.Apply(i, image);
            times[i] = clock.GetElapsedTime(before).TotalMilliseconds;
        }

        Array.Sort(times);
        return (start, times[times.Length / 2]);
    }

    private static IFrameFilter Open(PluginFilters filters, PluginFolder plugin, int width, int height) =>
        filters.Open(new FilterUse(plugin.Manifest.Id, plugin.Manifest.Sha256, Scene, [], 1), width, height, new FrameRate(30));

    // Slopes of light and colour that move, with a fine texture: every code comes.
    private static void Paint(YuvImage image, int number)
    {
        for (var y = 0; y < image.Height; y++)
        {
            var row = image.RowY(y);
            for (var x = 0; x < row.Length; x++)
            {
                row[x] = (byte)(16 + (((x * 219 / image.Width) + (number * 9) + ((x ^ y) & 7)) % 220));
            }
        }

        for (var y = 0; y < image.Height / 2; y++)
        {
            var u = image.RowU(y);
            var v = image.RowV(y);
            for (var x = 0; x < u.Length; x++)
            {
                u[x] = (byte)(40 + (((x * 352 / image.Width) + (number * 5)) % 177));
                v[x] = (byte)(40 + (((y * 352 / image.Height) + (number * 3)) % 177));
            }
        }
    }

    private static string HashOf(YuvImage image)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var y = 0; y < image.Height; y++)
        {
            hash.AppendData(image.RowY(y));
        }

        for (var y = 0; y < image.Height / 2; y++)
        {
            hash.AppendData(image.RowU(y));
            hash.AppendData(image.RowV(y));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
