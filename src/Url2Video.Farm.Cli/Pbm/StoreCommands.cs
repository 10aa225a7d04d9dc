using System.CommandLine;
using System.Globalization;
using Url2Video.Farm.Cli.Commands;
using Url2Video.Farm.Cli.Options;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Store.Maintenance;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Pbm;

/// <summary><c>store backup</c> and <c>store restore</c>: on a host that reaches the store itself; no server needs to run.</summary>
internal static class StoreCommands
{
    public static Command Backup(PbmOptions options)
    {
        var (folder, store, artifacts) = (Folder("Folder for the backup; must not be there yet."), new StoreOptions(), Artifacts());
        return Create("backup", "Writes journal, keys and settings of a store into a folder.", options, [folder], [.. store.All, artifacts], async (parsed, reporter, cancellation) =>
        {
            var database = await FarmDatabase.OpenAsync(store.Of(parsed), cancellation).ConfigureAwait(false);
            await using (database.ConfigureAwait(false))
            {
                var manifest = await new StoreBackup(database, Open(parsed.GetValue(artifacts)), TimeProvider.System).RunAsync(parsed.GetValue(folder)!, cancellation).ConfigureAwait(false);
                Tell(reporter, "is in", manifest, Path.GetFullPath(parsed.GetValue(folder)!));
                return ExitStatus.Success;
            }
        });
    }

    public static Command Restore(PbmOptions options)
    {
        var (folder, store) = (Folder("Folder of the backup."), new StoreOptions());
        var verify = new Option<bool>("--verify") { Description = "Then fold every project again and compare it with the backup." };
        return Create("restore", "Puts a backup into an empty store, of either kind.", options, [folder], [.. store.All, verify], async (parsed, reporter, cancellation) =>
        {
            var database = await FarmDatabase.OpenAsync(store.Of(parsed), cancellation).ConfigureAwait(false);
            await using (database.ConfigureAwait(false))
            {
                var (restore, from) = (new StoreRestore(database), parsed.GetValue(folder)!);
                var manifest = await restore.RunAsync(from, cancellation).ConfigureAwait(false);
                var findings = parsed.GetValue(verify) ? await restore.VerifyAsync(from, cancellation).ConfigureAwait(false) : [];
                if (findings.IsEmpty)
                {
                    Tell(reporter, parsed.GetValue(verify) ? "is restored and folds to the same, from" : "is restored from", manifest, from);
                    return ExitStatus.Success;
                }

                reporter.Fail(
                    new FarmError(ErrorCodes.ResultWrong, $"{findings.Length} projects do not fold to what the backup says: {string.Join("; ", findings.Take(5).Select(f => $"{f.Project}: {f.What}"))}."),
                    ExitStatus.JobFailed,
                    new Dictionary<string, object?> { ["findings"] = findings.Length });
                return ExitStatus.JobFailed;
            }
        });
    }

    private static Command Create(
        string name, string help, PbmOptions options, Argument[] arguments, Option[] more, Func<ParseResult, IReporter, CancellationToken, Task<ExitStatus>> run)
    {
        var command = new Command(name, help);
        foreach (var argument in arguments)
        {
            command.Arguments.Add(argument);
        }

        foreach (var option in more)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, _) =>
        {
            using var reporter = Reporter.Create(options.IsJson(parsed));
            return (int)await Failing.GuardAsync(reporter, async () =>
            {
                using var interrupt = new Interrupt();
                return await run(parsed, reporter, interrupt.Token).ConfigureAwait(false);
            }).ConfigureAwait(false);
        });
        return command;
    }

    private static void Tell(IReporter reporter, string what, BackupManifest manifest, string folder)
    {
        var events = manifest.Projects.Sum(p => p.Events);
        reporter.Succeed(
            [string.Create(CultureInfo.InvariantCulture, $"A store of {manifest.Projects.Length} projects and {events} events {what} {folder}")],
            new Dictionary<string, object?> { ["projects"] = manifest.Projects.Length, ["events"] = events, ["folder"] = folder });
    }

    private static ArtifactStore? Open(string? folder) => folder is null ? null
        : Directory.Exists(folder) ? new ArtifactStore(folder)
        : throw new FarmException(ErrorCodes.SourceNotFound, $"There is no folder {folder}.", "Give the folder of the farm's artifacts.");

    private static Argument<string> Folder(string help) => new("folder") { Description = help };

    private static Option<string?> Artifacts() => new("--artifacts") { Description = "Folder of the farm's artifacts, to note those that are missing." };
}
