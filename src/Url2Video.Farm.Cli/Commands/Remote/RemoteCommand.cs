using System.CommandLine;
using Url2Video.Farm.Cli.Client;
using Url2Video.Farm.Cli.Options;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Commands.Remote;

/// <summary>What a command on a server's films works with.</summary>
internal sealed record RemoteContext(FarmHttp Http, Films Films, IReporter Reporter, CancellationToken Interrupt);

/// <summary>Set-up that all commands on a server's films share.</summary>
internal static class RemoteCommand
{
    public static Command Create(string name, string help, Action<Command> add, Func<ParseResult, RemoteContext, Task<ExitStatus>> run)
    {
        var (server, common) = (new ServerOptions(), new CommonOptions());
        var command = new Command(name, help);
        add(command);
        command.Options.Add(server.Server);
        command.Options.Add(server.Key);
        command.Options.Add(common.Json);
        command.SetAction(async (parsed, _) =>
        {
            using var reporter = Reporter.Create(parsed.GetValue(common.Json));
            return (int)await Failing.GuardAsync(reporter, async () =>
            {
                using var interrupt = new Interrupt();
                using var http = new FarmHttp(server.Need(parsed), TimeProvider.System);
                return await run(parsed, new RemoteContext(http, new Films(http), reporter, interrupt.Token)).ConfigureAwait(false);
            }).ConfigureAwait(false);
        });
        return command;
    }
}
