using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Commands;

/// <summary>Turns what a command throws into the message, the code and the exit status that users and programs rely on.</summary>
internal static class Failing
{
    private static readonly Dictionary<string, object?> NoFields = [];

    public static async Task<ExitStatus> GuardAsync(IReporter reporter, Func<Task<ExitStatus>> command)
    {
        try
        {
            return await command().ConfigureAwait(false);
        }
        catch (FarmException e)
        {
            var status = ErrorCodes.Describe(e.Error.Code).Exit;
            reporter.Fail(e.Error, status, NoFields);
            return status;
        }
        catch (OperationCanceledException)
        {
            reporter.Fail(new FarmError(ErrorCodes.Cancelled, "Interrupted. What was accepted before is kept.", "`url2video resume` goes on with it."), ExitStatus.Interrupted, NoFields);
            return ExitStatus.Interrupted;
        }
#pragma warning disable CA1031 // The last line of defence: a user sees a sentence and a code, never a stack trace alone.
        catch (Exception e)
#pragma warning restore CA1031
        {
            reporter.Fail(new FarmError(ErrorCodes.Internal, $"{e.GetType().Name}: {e.Message}", "Please report this with the log in the data folder."), ExitStatus.Failure, NoFields);
            if (Environment.GetEnvironmentVariable("URL2VIDEO_DEBUG") is "1")
            {
                await Console.Error.WriteLineAsync(e.ToString()).ConfigureAwait(false);
            }

            return ExitStatus.Failure;
        }
    }
}
