using System.CommandLine;
using System.Text.Json;
using Url2Video.Farm.Cli.Client;
using Url2Video.Farm.Cli.Options;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Cli.Pbm.Views;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Commands;

/// <summary><c>url2video login</c>: keeps the address of a farm and the key to it, once the farm has said that it knows the key.</summary>
internal static class LoginCommand
{
    public static Command Create()
    {
        var (server, common) = (new ServerOptions(), new CommonOptions());
        var command = new Command("login", "Keeps the address of a farm and your key to it for later commands.");
        command.Options.Add(server.Server);
        command.Options.Add(server.Key);
        command.Options.Add(common.Json);
        command.SetAction(async (parsed, _) =>
        {
            using var reporter = Reporter.Create(parsed.GetValue(common.Json));
            return (int)await Failing.GuardAsync(reporter, async () =>
            {
                using var interrupt = new Interrupt();
                return await RunAsync(server.Need(parsed), reporter, interrupt.Token).ConfigureAwait(false);
            }).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<ExitStatus> RunAsync(ServerAddress address, IReporter reporter, CancellationToken cancellation)
    {
        JsonElement me;
        using (var http = new FarmHttp(address, TimeProvider.System))
        {
            me = await http.GetAsync("/api/v2/me", cancellation).ConfigureAwait(false);
        }

        new Profile(address.Url.ToString(), address.Key).Write(Profile.DefaultPath);
        var scopes = Cells.Text(me, "scopes");
        reporter.Succeed(
            [$"{address.Url} knows the key ({scopes}); kept in {Profile.DefaultPath}."],
            new Dictionary<string, object?> { ["server"] = address.Url.ToString(), ["scopes"] = Cells.At(me, "scopes"), ["profile"] = Profile.DefaultPath });
        return ExitStatus.Success;
    }
}
