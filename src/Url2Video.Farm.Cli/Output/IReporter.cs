using System.Text.Json;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Output;

/// <summary>Where a command tells what happens. One of three: a live display, plain lines, or NDJSON for programs.</summary>
internal interface IReporter : IDisposable
{
    /// <summary>Whether programs read it.</summary>
    bool IsForPrograms => false;

    /// <summary>A sentence for people; programs do not get it on stdout.</summary>
    void Say(string text);

    void Progress(FarmProgress progress);

    /// <summary>Rows: to people aligned and counted, to programs a line each.</summary>
    void Table(Sheet sheet);

    /// <summary>A line that goes on: to people the text, to programs the fields with the type.</summary>
    void Line(string text, string type, JsonElement fields);

    /// <summary>The last word of a command that succeeded. <paramref name="lines"/> are for people, <paramref name="fields"/> for programs.</summary>
    void Succeed(IReadOnlyList<string> lines, IReadOnlyDictionary<string, object?> fields);

    /// <summary>The last word of a command that failed.</summary>
    void Fail(FarmError error, ExitStatus status, IReadOnlyDictionary<string, object?> fields);
}

internal static class Reporter
{
    /// <param name="json">True: NDJSON on stdout whatever the terminal is.</param>
    public static IReporter Create(bool json) =>
        json ? new JsonReporter(Console.Out, Console.Error)
        : IsLive() ? new LiveReporter()
        : new PlainReporter(Console.Out, Console.Error);

    // NO_COLOR and CI are the customary ways to ask for plain output.
    private static bool IsLive() =>
        !Console.IsErrorRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"))
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
}
