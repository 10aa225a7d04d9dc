using System.Security.Cryptography;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Pbm;

/// <summary>Compares every artifact with its name, which is the hash of its bytes.</summary>
internal static class StoreViews
{
    private const int HashChars = 64;

    public static ExitStatus Check(string dataDir, IReporter reporter)
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

        var fields = new Dictionary<string, object?> { ["artifacts"] = files, ["bytes"] = bytes, ["damaged"] = damaged };
        if (damaged.Count > 0)
        {
            reporter.Fail(
                new FarmError(ErrorCodes.ArtifactCorrupt, $"{damaged.Count} of {files} artifacts are damaged: {string.Join(", ", damaged.Take(8))}."),
                ExitStatus.JobFailed,
                fields);
            return ExitStatus.JobFailed;
        }

        reporter.Succeed([$"{files} artifacts, {bytes / (1024 * 1024)} MiB, all as their names say"], fields);
        return ExitStatus.Success;
    }
}
