using System.Text.Json;
using Spectre.Console;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Output;

/// <summary>A live display on the terminal (stderr): the stages that are done, and one bar that moves.</summary>
internal sealed class LiveReporter : TextReporter
{
    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
    private TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _display;
    private ProgressTask? _bar;
    private ProgressContext? _context;
    private ProjectStage? _stage;

    public override void Say(string text) => _console.MarkupLine($"[grey]{Markup.Escape(text)}[/]");

    public override void Table(Sheet sheet)
    {
        if (Console.IsOutputRedirected)
        {
            Console.Out.WriteLine(string.Join(Environment.NewLine, SheetText.Lines(sheet)));
            return;
        }

        if (sheet.Rows.Count > 0)
        {
            AnsiConsole.Write(Drawn(sheet));
        }

        Console.Out.WriteLine(SheetText.Count(sheet));
    }

    public override void Line(string text, string type, JsonElement fields) => Console.Out.WriteLine(text);

    public override void Succeed(IReadOnlyList<string> lines, IReadOnlyDictionary<string, object?> fields)
    {
        StopDisplay();
        foreach (var line in lines)
        {
            Console.Out.WriteLine(line);
        }
    }

    public override void Fail(FarmError error, ExitStatus status, IReadOnlyDictionary<string, object?> fields)
    {
        StopDisplay();
        _console.MarkupLine($"[red]error {error.Code}[/]: {Markup.Escape(error.Message)}");
        if (error.WayOut is not null)
        {
            _console.MarkupLine($"  {Markup.Escape(error.WayOut)}");
        }
    }

    public override void Dispose() => StopDisplay();

    internal static Table Drawn(Sheet sheet)
    {
        var table = new Table { Border = TableBorder.Minimal };
        foreach (var column in sheet.Columns)
        {
            table.AddColumn(new TableColumn($"[bold]{Markup.Escape(column.Header)}[/]") { Alignment = column.IsRight ? Justify.Right : Justify.Left });
        }

        foreach (var row in sheet.Rows)
        {
            table.AddRow([.. row.Cells.Select(c => new Text(c))]);
        }

        return table;
    }

    protected override void OnTitle(string title) => _console.MarkupLine($"[bold]{Markup.Escape(title)}[/]");

    protected override void OnWarning(string text) => _console.MarkupLine($"[yellow]warning:[/] {Markup.Escape(text)}");

    protected override void OnRetry(string job, FarmError error) => _console.MarkupLine($"[yellow]retry[/] {Markup.Escape(job)}: {Markup.Escape(error.ToString())}");

    protected override void OnWork(FarmProgress.Work work)
    {
        if (work.Stage.IsFinal())
        {
            return;
        }

        StartDisplay();
        if (work.Stage != _stage)
        {
            _bar?.StopTask();
            _bar = _context!.AddTask(StageText.Of(work.Stage), maxValue: 1);
            _stage = work.Stage;
        }

        if (work.Stage == ProjectStage.Rendering && work.FramesTotal > 0)
        {
            _bar!.MaxValue = work.FramesTotal;
            _bar.Value = work.FramesDone;
            _bar.Description = $"{StageText.Of(work.Stage)}  [grey]{Markup.Escape(StageText.Figures(work))}[/]";
        }
        else
        {
            _bar!.MaxValue = Math.Max(1, work.JobsKnown);
            _bar.Value = work.JobsDone;
        }
    }

    private void StartDisplay()
    {
        if (_display is not null)
        {
            return;
        }

        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _display = _console.Progress()
            .Columns(new SpinnerColumn(), new ProgressBarColumn { Width = 24 }, new PercentageColumn(), new ElapsedTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(async context =>
            {
                _context = context;
                started.SetResult();
                await _done.Task.ConfigureAwait(false);
                _bar?.StopTask();
            });
        started.Task.GetAwaiter().GetResult();
    }

    private void StopDisplay()
    {
        _done.TrySetResult();
        _display?.GetAwaiter().GetResult();
        (_display, _bar, _stage) = (null, null, null);
        _done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
