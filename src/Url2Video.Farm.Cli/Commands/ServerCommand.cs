using System.CommandLine;
using Microsoft.Extensions.Logging;
using Url2Video.Farm.Cli.Farm;
using Url2Video.Farm.Cli.Options;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Commands;

/// <summary><c>url2video server</c>: one server of a farm, until it is told to stop.</summary>
internal static class ServerCommand
{
    /// <summary>Between two lives of a server that was removed from the cluster.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var (options, common) = (new ServerArguments(), new CommonOptions());
        var command = new Command("server", "Runs one server of a farm: coordinator and API. Start several over one PostgreSQL; any of them may die.");
        options.AddTo(command);
        command.Options.Add(common.Data);
        command.Options.Add(common.Json);
        command.SetAction(async (parsed, _) =>
        {
            using var reporter = Reporter.Create(parsed.GetValue(common.Json));
            return (int)await Failing.GuardAsync(reporter, () => RunAsync(options.Read(parsed, common.DataDir(parsed)), options.LogsJson(parsed), reporter)).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<ExitStatus> RunAsync(ServerStart options, bool jsonLogs, IReporter reporter)
    {
        using var interrupt = new Interrupt();
        Directory.CreateDirectory(options.DataDir);
        using var logging = LoggerFactory.Create(builder => builder
            .SetMinimumLevel(options.LogLevel)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddProvider(jsonLogs ? new JsonLog(Console.Error, options.LogLevel, TimeProvider.System) : new PlainLog(Console.Error, options.LogLevel, TimeProvider.System)));
        while (true)
        {
            var end = await LiveAsync(options, logging, reporter, interrupt.Token).ConfigureAwait(false);
            if (end == ServerEnd.Stopped || interrupt.Token.IsCancellationRequested)
            {
                reporter.Succeed([], new Dictionary<string, object?> { ["stopped"] = true });
                return ExitStatus.Success;
            }

            // A new life with a new address and a new certificate: it joins those that went on.
            reporter.Say($"This server was removed from the farm ({end}); it starts again.");
            await Task.Delay(Pause, interrupt.Token).ContinueWith(static _ => { }, TaskScheduler.Default).ConfigureAwait(false);
        }
    }

    private static async Task<ServerEnd> LiveAsync(ServerStart options, ILoggerFactory logging, IReporter reporter, CancellationToken interrupt)
    {
        var host = await ServerHost.StartAsync(options, logging, TimeProvider.System, interrupt).ConfigureAwait(false);
        await using (host.ConfigureAwait(false))
        {
            reporter.Say($"Server of version {FarmServer.VersionText}, store {options.Store}, cluster {host.ClusterAddress}");
            foreach (var address in host.Addresses)
            {
                reporter.Say($"Listening on {address}");
            }

            reporter.Say($"The admin key (made at the farm's first start) is in {options.AdminKeyOut ?? Path.Combine(options.DataDir, "admin.key")}");
            var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var registration = interrupt.Register(told.SetResult);
            return await Task.WhenAny(host.Ended, told.Task).ConfigureAwait(false) == told.Task ? ServerEnd.Stopped : await host.Ended.ConfigureAwait(false);
        }
    }
}
