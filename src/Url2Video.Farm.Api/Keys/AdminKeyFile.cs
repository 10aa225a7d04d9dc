using System.Text;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Cluster.Artifacts;

namespace Url2Video.Farm.Api.Keys;

/// <summary>The first key of a farm: nobody could make one over HTTP.</summary>
internal static class AdminKeyFile
{
    private const string Name = "admin (first start)";

    /// <summary>
    /// Writes an administrator's key to a file that only its owner reads, unless the farm has a live one already. Servers that start together may
    /// each make one; both work.
    /// </summary>
    /// <returns>Whether a key was made.</returns>
    public static async Task<bool> EnsureAdminKeyAsync(this ApiKeys keys, string path, TimeProvider clock, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        if ((await keys.ListAsync(cancellation).ConfigureAwait(false)).Any(k => k.IsLive(now) && k.Scopes.Contains(Scopes.FarmAdmin)))
        {
            return false;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        // The file first: a key that nobody can read would stand in the way of the next try.
        File.Delete(path);
        var file = new FileStream(path, OwnerOnlyFile.Options(FileMode.Create));
        await using (file.ConfigureAwait(false))
        {
            var made = await keys.CreateAsync(Name, string.Empty, [Scopes.FarmAdmin], null, cancellation).ConfigureAwait(false);
            await file.WriteAsync(Encoding.ASCII.GetBytes(made.Text + "\n"), cancellation).ConfigureAwait(false);
            await file.FlushAsync(cancellation).ConfigureAwait(false);
        }

        return true;
    }
}
