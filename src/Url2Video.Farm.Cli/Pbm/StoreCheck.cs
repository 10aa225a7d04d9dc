using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Url2Video.Farm.Api.Farm;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Pbm;

internal sealed record StoreReport(int Artifacts, long Bytes, ImmutableArray<ReplayCheck> Checks);

/// <summary>Compares every artifact of a data folder with its name, which is the hash of its bytes.</summary>
internal static class StoreCheck
{
    private const int HashChars = 64;
    private const int DamagedToldMax = 8;

    /// <exception cref="FarmException">ERR_PROJECT_NOT_FOUND.</exception>
    public static StoreReport Run(string dataDir)
    {
        var root = Path.Combine(dataDir, "artifacts");
        if (!Directory.Exists(root))
        {
            throw new FarmException(ErrorCodes.ProjectNotFound, $"There is no farm in {dataDir}.", "Give the --data folder that render was started with.");
        }

        var (files, bytes, damaged) = (0, 0L, new List<string>());
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetFileName(Path.GetDirectoryName(file)) + Path.GetFileName(file);
            if (name.Length != HashChars)
            {
                continue; // Not an artifact: something on its way in.
            }

            using var stream = File.OpenRead(file);
            (files, bytes) = (files + 1, bytes + stream.Length);
            if (Convert.ToHexStringLower(SHA256.HashData(stream)) != name)
            {
                damaged.Add(name);
            }
        }

        var detail = damaged.Count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{files} artifacts, {bytes / (1024 * 1024)} MiB, all as their names say")
            : string.Create(CultureInfo.InvariantCulture, $"{damaged.Count} of {files} artifacts are damaged: {string.Join(", ", damaged.Take(DamagedToldMax))}");
        return new(files, bytes, [new("artifacts", damaged.Count == 0, detail)]);
    }
}
