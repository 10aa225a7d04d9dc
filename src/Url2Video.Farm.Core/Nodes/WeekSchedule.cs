using System.Collections.Immutable;
using System.Globalization;

namespace Url2Video.Farm.Core.Nodes;

/// <summary>
/// When a node works, by the week and by the clock on its wall: <c>mon-fri 18:00-08:00; sat,sun 00:00-24:00</c>. A window that ends
/// before it begins goes on past midnight. Daylight saving is the wall clock's business: a window of 02:00-03:00 lasts as long as the
/// clock shows such a time, be it never or twice.
/// </summary>
public sealed class WeekSchedule
{
    private const int MinutesPerDay = 24 * 60;
    private const int MinutesPerWeek = 7 * MinutesPerDay;
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private readonly ImmutableArray<Window> _windows;

    private WeekSchedule(string text, ImmutableArray<Window> windows) => (Text, _windows) = (text, windows);

    public string Text { get; }

    /// <param name="problem">What is wrong and how it is written; null when it parses.</param>
    public static bool TryParse(string? text, out WeekSchedule? schedule, out string? problem)
    {
        schedule = null;
        var given = text?.Trim().ToLowerInvariant() ?? string.Empty;
        var parts = given.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (given.Length > Limits.ScheduleCharsMax || parts.Length is 0 or > Limits.ScheduleWindowsMax)
        {
            problem = $"A schedule has 1 to {Limits.ScheduleWindowsMax} windows such as 'mon-fri 08:00-18:00', with ';' between them.";
            return false;
        }

        var windows = ImmutableArray.CreateBuilder<Window>();
        foreach (var part in parts)
        {
            if (!TryParseWindow(part, windows))
            {
                problem = $"'{part}' is no window. Write days and hours: 'mon-fri 08:00-18:00', 'sat,sun 00:00-24:00', 'daily 22:00-06:00'.";
                return false;
            }
        }

        (schedule, problem) = (new WeekSchedule(string.Join("; ", parts), windows.ToImmutable()), null);
        return true;
    }

    /// <param name="local">The node's wall clock.</param>
    public bool IsOpen(DateTimeOffset local) => IsOpen(local.DayOfWeek, local.TimeOfDay);

    public bool IsOpen(DayOfWeek day, TimeSpan sinceMidnight)
    {
        var minute = (int)day * MinutesPerDay + (int)sinceMidnight.TotalMinutes;
        return _windows.Any(w => (minute - w.Start + MinutesPerWeek) % MinutesPerWeek < w.Minutes);
    }

    private static bool TryParseWindow(string part, ImmutableArray<Window>.Builder windows)
    {
        var space = part.IndexOf(' ', StringComparison.Ordinal);
        var hours = space < 0 ? [] : part[(space + 1)..].Split('-', StringSplitOptions.TrimEntries);
        if (hours.Length != 2 || !TryParseMinute(hours[0], out var from) || !TryParseMinute(hours[1], out var to)
            || from == MinutesPerDay || from == to || !TryParseDays(part[..space], out var days))
        {
            return false;
        }

        var minutes = to > from ? to - from : to - from + MinutesPerDay;
        windows.AddRange(days.Select(day => new Window(day * MinutesPerDay + from, minutes)));
        return true;
    }

    private static bool TryParseDays(string text, out SortedSet<int> days)
    {
        days = text == "daily" ? [.. Enumerable.Range(0, Days.Length)] : [];
        foreach (var part in text == "daily" ? [] : text.Split(','))
        {
            var ends = part.Split('-');
            var (first, last) = (Array.IndexOf(Days, ends[0]), Array.IndexOf(Days, ends[^1]));
            if (ends.Length > 2 || first < 0 || last < 0)
            {
                return false;
            }

            for (var day = first; ; day = (day + 1) % Days.Length)
            {
                days.Add(day);
                if (day == last)
                {
                    break;
                }
            }
        }

        return days.Count > 0;
    }

    private static bool TryParseMinute(string text, out int minute)
    {
        minute = 0;
        if (text.Length != 5 || text[2] != ':'
            || !int.TryParse(text.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hour)
            || !int.TryParse(text.AsSpan(3, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var rest))
        {
            return false;
        }

        minute = hour * 60 + rest;
        return rest < 60 && minute <= MinutesPerDay;
    }

    /// <param name="Start">Minute of the week, Sunday's midnight being 0.</param>
    private readonly record struct Window(int Start, int Minutes);
}
