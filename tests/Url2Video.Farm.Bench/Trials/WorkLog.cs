using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Url2Video.Farm.Bench.Trials;

/// <summary>One attempt as the node that did it tells.</summary>
/// <param name="End">Null: at work still.</param>
/// <param name="Outcome">WorkFinished, WorkFailed, or unwanted.</param>
internal sealed record WorkSpan(string Node, string Project, string Job, long Attempt, DateTimeOffset Start, DateTimeOffset? End, string? Outcome)
{
    public bool IsChunk => Job.StartsWith("render/", StringComparison.Ordinal);

    public bool IsFinished => Outcome == "WorkFinished";

    public bool HasFailed => Outcome == "WorkFailed";
}

/// <summary>What the nodes themselves wrote of their works: the truth of who was at what when, whatever servers believe. Reads on where it stopped.</summary>
/// <param name="logs">Of nodes that live through the trial; a killed one leaves works without an end.</param>
internal sealed partial class WorkLog(IReadOnlyList<(string Node, string Path)> logs)
{
    private readonly Dictionary<string, long> _read = [];
    private readonly List<WorkSpan> _spans = [];

    /// <summary>Every work so far, in no order.</summary>
    public IReadOnlyList<WorkSpan> Read()
    {
        foreach (var (node, path) in logs.Where(l => File.Exists(l.Path)))
        {
            foreach (var line in NewLines(path))
            {
                if (Line().Match(line) is { Success: true } match)
                {
                    Take(node, match);
                }
            }
        }

        return _spans;
    }

    /// <summary>Most works at the same time of those that are chosen, by sweeping over their beginnings and ends.</summary>
    public static int MostAtOnce(IEnumerable<WorkSpan> spans)
    {
        // An end at the same instant as a beginning comes first: the clock of the log has milliseconds.
        var steps = spans.SelectMany(s => new[] { (At: s.Start, Step: 1), (At: s.End ?? DateTimeOffset.MaxValue, Step: -1) }).OrderBy(s => s.At).ThenBy(s => s.Step);
        var (now, most) = (0, 0);
        foreach (var (_, step) in steps)
        {
            most = Math.Max(most, now += step);
        }

        return most;
    }

    /// <summary>Seconds between the two instants in which the node was at nothing. For nodes of one worker.</summary>
    public static double IdleSeconds(IEnumerable<WorkSpan> ofNode, DateTimeOffset from, DateTimeOffset to)
    {
        var (idle, free) = (TimeSpan.Zero, from);
        foreach (var span in ofNode.Where(s => s.Start < to && (s.End ?? to) > from).OrderBy(s => s.Start))
        {
            idle += span.Start > free ? span.Start - free : TimeSpan.Zero;
            free = (span.End ?? to) > free ? span.End ?? to : free;
        }

        return (idle + (to > free ? to - free : TimeSpan.Zero)).TotalSeconds;
    }

    private void Take(string node, Match match)
    {
        var at = DateTimeOffset.Parse(match.Groups["at"].Value, CultureInfo.InvariantCulture);
        var (project, job, attempt) = (match.Groups["project"].Value, match.Groups["job"].Value, long.Parse(match.Groups["attempt"].Value, CultureInfo.InvariantCulture));
        if (!match.Groups["outcome"].Success)
        {
            _spans.Add(new WorkSpan(node, project, job, attempt, at, null, null));
        }
        else if (_spans.FindLastIndex(s => s.Node == node && s.Project == project && s.Job == job && s.Attempt == attempt) is var index and >= 0)
        {
            _spans[index] = _spans[index] with { End = at, Outcome = match.Groups["outcome"].Value };
        }
    }

    private string[] NewLines(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var from = _read.GetValueOrDefault(path);
        file.Position = from <= file.Length ? from : 0; // Cut: it began anew.
        var bytes = new byte[file.Length - file.Position];
        file.ReadExactly(bytes);
        var whole = Array.LastIndexOf(bytes, (byte)'\n') + 1; // The rest is still being written.
        _read[path] = file.Position - bytes.Length + whole;
        return Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [GeneratedRegex(@"^(?<at>\S+Z) \w+ .*?(?<project>prj_\w+)/(?<job>\S+) attempt (?<attempt>\d+) (started|ended: (?<outcome>\w+))")]
    private static partial Regex Line();
}
