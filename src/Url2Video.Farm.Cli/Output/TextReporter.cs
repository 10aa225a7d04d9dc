using System.Text.Json;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Output;

/// <summary>What people are told of a film in the making, whatever it is told on.</summary>
internal abstract class TextReporter : IReporter
{
    public abstract void Say(string text);

    public void Progress(FarmProgress progress)
    {
        switch (progress)
        {
            case FarmProgress.Work work:
                OnWork(work);
                break;
            case FarmProgress.Titled titled:
                OnTitle(titled.Title);
                break;
            case FarmProgress.Warned warned:
                OnWarning(warned.Text);
                break;
            case FarmProgress.Retrying { Error.Retryable: true } retrying:
                OnRetry(retrying.Job, retrying.Error);
                break;
            default:
                break; // Finished is told by Succeed or Fail.
        }
    }

    public abstract void Table(Sheet sheet);

    public abstract void Line(string text, string type, JsonElement fields);

    public abstract void Succeed(IReadOnlyList<string> lines, IReadOnlyDictionary<string, object?> fields);

    public abstract void Fail(FarmError error, ExitStatus status, IReadOnlyDictionary<string, object?> fields);

    public abstract void Dispose();

    protected abstract void OnWork(FarmProgress.Work work);

    protected abstract void OnTitle(string title);

    protected abstract void OnWarning(string text);

    protected abstract void OnRetry(string job, FarmError error);
}
