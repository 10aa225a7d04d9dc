using System.CommandLine;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Commands;

/// <summary><c>url2video health</c>: asks one address whether it is well. For probes in images that have no shell and no curl.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public static Command Create()
    {
        var url = new Option<string>("--url") { Description = "What to ask. Default: http://127.0.0.1:8080/readyz", DefaultValueFactory = _ => "http://127.0.0.1:8080/readyz" };
        var json = new Option<bool>("--json") { Description = "NDJSON on standard output." };
        var command = new Command("health", "Asks a server or node of this machine whether it is well; exit status 0 if so.") { url, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var reporter = Reporter.Create(parsed.GetValue(json));
            return (int)await Failing.GuardAsync(reporter, () => AskAsync(parsed.GetValue(url)!, reporter, cancellation)).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<ExitStatus> AskAsync(string url, IReporter reporter, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new FarmException(ErrorCodes.InvalidArgument, $"'{url}' is not an http address.");
        }

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(address, cancellation).ConfigureAwait(false);
            var fields = new Dictionary<string, object?> { ["url"] = url, ["status"] = (int)answer.StatusCode };
            if (answer.IsSuccessStatusCode)
            {
                reporter.Succeed(["well"], fields);
                return ExitStatus.Success;
            }

            reporter.Fail(new FarmError(ErrorCodes.ServerUnreachable, $"{url} answers {(int)answer.StatusCode}.", Retryable: true), ExitStatus.Failure, fields);
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            reporter.Fail(new FarmError(ErrorCodes.ServerUnreachable, $"{url} does not answer: {fault.Message}", Retryable: true), ExitStatus.Failure, new Dictionary<string, object?> { ["url"] = url });
        }

        return ExitStatus.Failure;
    }
}
