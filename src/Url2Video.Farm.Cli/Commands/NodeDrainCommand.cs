using System.CommandLine;
using System.Globalization;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Commands;

/// <summary><c>url2video node drain</c>: asks the node of this machine to finish what it holds and leave. For service managers.</summary>
internal static class NodeDrainCommand
{
    private const int DefaultPort = 9465;

    public static Command Create()
    {
        var port = new Option<int>("--status-port") { Description = $"Where the node tells its status. Default: {DefaultPort}", DefaultValueFactory = _ => DefaultPort };
        var seconds = new Option<int>("--seconds") { Description = "How long to wait for it. Default: 120", DefaultValueFactory = _ => 120 };
        var json = new Option<bool>("--json") { Description = "NDJSON on standard output." };
        var command = new Command("drain", "Asks the node of this machine to finish what it holds and leave, and waits for it.") { port, seconds, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var reporter = Reporter.Create(parsed.GetValue(json));
            return (int)await Failing.GuardAsync(reporter, () => RunAsync(parsed.GetValue(port), parsed.GetValue(seconds), reporter, cancellation)).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<ExitStatus> RunAsync(int port, int seconds, IReporter reporter, CancellationToken cancellation)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(Math.Clamp(seconds, 1, 86_400)) };
        try
        {
            using var answer = await http.PostAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/drain")), null, cancellation).ConfigureAwait(false);
            answer.EnsureSuccessStatusCode();
            reporter.Succeed(["drained"], new Dictionary<string, object?> { ["drained"] = true });
            return ExitStatus.Success;
        }
        catch (TaskCanceledException fault)
        {
            throw new FarmException(ErrorCodes.TimedOut, $"The node still works after {seconds} s.", "It goes on draining; what it does not finish is given to others.", cause: fault);
        }
        catch (HttpRequestException fault)
        {
            throw new FarmException(ErrorCodes.ServerUnreachable, $"No node tells its status on port {port}.", "Start it with --status-port.", cause: fault);
        }
    }
}
