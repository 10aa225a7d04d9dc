using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Output;

/// <summary>Lines for logs and pipes: a line at each new stage and at each tenth of the render, nothing else.</summary>
internal sealed class PlainReporter(TextWriter stdout, TextWriter stderr) : IReporter
{
    private ProjectStage? _stage;
    private long _tenth;

    public void Say(string text) => stderr.WriteLine(text);

    public void Progress(FarmProgress progress)
    {
        switch (progress)
        {
            case FarmProgress.Work work:
                OnWork(work);
                break;
            case FarmProgress.Titled titled:
                stderr.WriteLine($"\"{titled.Title}\"");
                break;
            case FarmProgress.Warned warned:
                stderr.WriteLine($"warning: {warned.Text}");
                break;
            case FarmProgress.Retrying { Error.Retryable: true } retrying:
                stderr.WriteLine($"retry: {retrying.Job}: {retrying.Error}");
                break;
            default:
                break; // Finished is told by Succeed or Fail.
        }
    }

    public void Succeed(IReadOnlyList<string> lines, IReadOnlyDictionary<string, object?> fields)
    {
        foreach (var line in lines)
        {
            stdout.WriteLine(line);
        }
    }

    public void Fail(FarmError error, ExitStatus status, IReadOnlyDictionary<string, object?> fields) => WriteError(stderr, error);

    public void Dispose() => stdout.Flush();

    internal static void WriteError(TextWriter writer, FarmError error)
    {
        var alias = ErrorCodes.Describe(error.Code).Alias;
        writer.WriteLine($"error {error.Code}{(alias is null ? "" : $" ({alias})")}: {error.Message}");
        if (error.WayOut is not null)
        {
            writer.WriteLine($"  {error.WayOut}");
        }
    }

    private void OnWork(FarmProgress.Work work)
    {
        if (work.Stage != _stage)
        {
            (_stage, _tenth) = (work.Stage, 0);
            if (!work.Stage.IsFinal())
            {
                stderr.WriteLine($"{StageText.Of(work.Stage)} ...");
            }
        }

        var tenth = work.FramesTotal > 0 ? work.FramesDone * 10 / work.FramesTotal : 0;
        if (work.Stage == ProjectStage.Rendering && tenth > _tenth)
        {
            _tenth = tenth;
            stderr.WriteLine($"  {tenth * 10,3} %  {StageText.Figures(work)}");
        }
    }
}
