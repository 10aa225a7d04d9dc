using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using Url2Video.Farm.Cli.Farm;
using Url2Video.Farm.Cli.Options;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Commands;

/// <summary><c>url2video render</c>: one film, from the source to the files, on this machine.</summary>
internal static class RenderCommand
{
    public static Command Create()
    {
        var (options, common) = (new RenderOptions(), new CommonOptions());
        var command = new Command("render", "Makes a video of a web page, a text or a storyboard.");
        options.AddTo(command);
        command.Options.Add(common.Workers);
        command.Options.Add(common.WorkerMemory);
        command.Options.Add(common.Data);
        command.Options.Add(common.Json);
        command.SetAction(async (parsed, _) =>
        {
            using var reporter = Reporter.Create(parsed.GetValue(common.Json));
            return (int)await Failing.GuardAsync(reporter, () =>
                RunAsync(options.Read(parsed), common.DataDir(parsed), parsed.GetValue(common.Workers), parsed.GetValue(common.WorkerMemory), reporter)).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<ExitStatus> RunAsync(RenderArguments arguments, string dataDir, int? workers, int workerMemoryMibMax, IReporter reporter)
    {
        var elapsed = Stopwatch.StartNew();
        var order = OrderBuilder.Build(arguments);
        var source = SourceReader.Read(arguments.Source, arguments.AllowPrivate);
        var outDirectory = OutDirectory.Prepare(arguments.Out);
        using var interrupt = new Interrupt();
        try
        {
            var farm = await FarmHost.StartAsync(dataDir, workers, workerMemoryMibMax).ConfigureAwait(false);
            await using (farm.ConfigureAwait(false))
            {
                var spec = await source.StoreAsync(farm.Artifacts, interrupt.Token).ConfigureAwait(false);
                var request = new ProjectRequest(spec, order.Brief, order.Formats, order.Ladder) { Encoding = order.Encoding.OrNull(), Quality = order.Quality };
                var id = ProjectIds.New(TimeProvider.System);

                // Not interrupted half-way: whether the project was accepted must be known, so that the hint to resume is true.
                interrupt.Token.ThrowIfCancellationRequested();
                await farm.SubmitAsync(id, request, outDirectory.Path, CancellationToken.None).ConfigureAwait(false);
                reporter.Say($"Project {id.Value}");
                var finished = await Watching.FollowAsync(farm, id, reporter, interrupt.Token).ConfigureAwait(false);
                return finished is null
                    ? Watching.TellDetached(id, dataDir, reporter)
                    : Watching.Tell(finished, elapsed.Elapsed, reporter);
            }
        }
        finally
        {
            outDirectory.RemoveIfUnused();
        }
    }
}
