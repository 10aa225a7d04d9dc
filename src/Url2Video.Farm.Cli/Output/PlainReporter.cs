using System.Text.Json;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Output;

/// <summary>Lines for logs and pipes: a line at each new stage and at each tenth of the render, nothing else.</summary>
internal sealed class PlainReporter(TextWriter stdout, TextWriter stderr) : TextReporter
{
    private ProjectStage? _stage;
    private long _tenth;

    public override void Say(string text) => stderr.WriteLine(text);

    public override void Table(Sheet sheet)
    {
        foreach (var line in SheetText.Lines(sheet))
        {
            stdout.WriteLine(line);
        }
    }

    public override void Line(string text, string type, JsonElement fields) => stdout.WriteLine(text);

    public override void Succeed(IReadOnlyList<string> lines, IReadOnlyDictionary<string, object?> fields)
    {
        foreach (var line in lines)
        {
            stdout.WriteLine(line);
        }
    }

    public override void Fail(FarmError error, ExitStatus status, IReadOnlyDictionary<string, object?> fields) => WriteError(stderr, error);

    public override void Dispose() => stdout.Flush();

    internal static void WriteError(TextWriter writer, FarmError error)
    {
        var alias = ErrorCodes.Describe(error.Code).Alias;
        writer.WriteLine($"error {error.Code}{(alias is null ? "" : $" ({alias})")}: {error.Message}");
        if (error.WayOut is not null)
        {
            writer.WriteLine($"  {error.WayOut}");
        }
    }

    protected override void OnTitle(string title) => stderr.WriteLine($"\"{title}\"");

    protected override void OnWarning(string text) => stderr.WriteLine($"warning: {text}");

    protected override void OnRetry(string job, FarmError error) => stderr.WriteLine($"retry: {job}: {error}");

    protected override void OnWork(FarmProgress.Work work)
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
