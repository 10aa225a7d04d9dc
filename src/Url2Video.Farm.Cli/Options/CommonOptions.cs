using System.CommandLine;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Options;

/// <summary>Options that several verbs share.</summary>
internal sealed class CommonOptions
{
    public Option<bool> Json { get; } = new("--json") { Description = "NDJSON on standard output, people's text on standard error." };

    public Option<string?> Data { get; } = new("--data") { Description = $"Folder of the farm: journal, artifacts, cache. Default: {DefaultDataDir()} (root's farm with a PostgreSQL of its own: {RootsDataDir})" };

    public Option<int?> Workers { get; } = new("--workers") { Description = "Jobs worked at the same time. Default: one per core." };

    public Option<int> WorkerMemory { get; } = new("--worker-memory")
    {
        Description = $"Private memory of each worker process in MiB, {Limits.WorkerMemoryMibMin} to {Limits.WorkerMemoryMibMax}; 0: no bound. Default: {Limits.WorkerMemoryMibDefault}.",
        DefaultValueFactory = _ => Limits.WorkerMemoryMibDefault,
    };

    /// <exception cref="FarmException">ERR_INVALID_ARGUMENT.</exception>
    public string DataDir(ParseResult parsed) => parsed.GetValue(Data) is not { } given ? Path.GetFullPath(DefaultDataDir())
        : given.Length > 0 ? Path.GetFullPath(given)
        : throw new FarmException(ErrorCodes.InvalidArgument, "--data is empty.", "Name a folder.");

    /// <summary>
    /// As <see cref="DataDir"/>; but a farm with a PostgreSQL of its own, which never runs as root, cannot live below root's home, where its user cannot get to.
    /// </summary>
    /// <exception cref="FarmException">ERR_INVALID_ARGUMENT.</exception>
    public string FarmDataDir(ParseResult parsed, bool ownDatabase) =>
        ownDatabase && Environment.IsPrivilegedProcess && parsed.GetValue(Data) is null && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable))
            ? RootsDataDir
            : DataDir(parsed);

    private const string Variable = "URL2VIDEO_DATA";
    private const string RootsDataDir = "/var/lib/url2video";

    private static string DefaultDataDir()
    {
        var set = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(set))
        {
            return set;
        }

        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(string.IsNullOrEmpty(local) ? Path.GetTempPath() : local, "url2video");
    }
}
