using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Core.Tests.Nodes;

public sealed class WeekScheduleTests
{
    [Theory]
    [InlineData("mon-fri 08:00-18:00", DayOfWeek.Monday, "08:00", true)]
    [InlineData("mon-fri 08:00-18:00", DayOfWeek.Monday, "07:59", false)]
    [InlineData("mon-fri 08:00-18:00", DayOfWeek.Friday, "17:59", true)]
    [InlineData("mon-fri 08:00-18:00", DayOfWeek.Friday, "18:00", false)]
    [InlineData("mon-fri 08:00-18:00", DayOfWeek.Saturday, "12:00", false)]
    [InlineData("fri 22:00-06:00", DayOfWeek.Friday, "21:59", false)]
    [InlineData("fri 22:00-06:00", DayOfWeek.Friday, "23:59", true)]
    [InlineData("fri 22:00-06:00", DayOfWeek.Saturday, "05:59", true)]
    [InlineData("fri 22:00-06:00", DayOfWeek.Saturday, "06:00", false)]
    [InlineData("fri 22:00-06:00", DayOfWeek.Friday, "05:00", false)]
    [InlineData("sat 20:00-04:00", DayOfWeek.Sunday, "03:59", true)]
    [InlineData("sat 20:00-04:00", DayOfWeek.Sunday, "20:00", false)]
    [InlineData("sat-mon 00:00-24:00", DayOfWeek.Sunday, "23:59", true)]
    [InlineData("sat-mon 00:00-24:00", DayOfWeek.Tuesday, "00:00", false)]
    [InlineData("daily 22:00-06:00", DayOfWeek.Wednesday, "03:00", true)]
    [InlineData("daily 22:00-06:00", DayOfWeek.Wednesday, "12:00", false)]
    [InlineData("MON,wed 09:00-10:00; sun 00:00-24:00", DayOfWeek.Wednesday, "09:30", true)]
    [InlineData("MON,wed 09:00-10:00; sun 00:00-24:00", DayOfWeek.Tuesday, "09:30", false)]
    [InlineData("MON,wed 09:00-10:00; sun 00:00-24:00", DayOfWeek.Sunday, "00:00", true)]
    public void IsOpen_ByTheWallClock_HoldsFromTheFirstMinuteToBeforeTheLast(string text, DayOfWeek day, string time, bool open)
    {
        Assert.True(WeekSchedule.TryParse(text, out var schedule, out var problem), problem);

        Assert.Equal(open, schedule!.IsOpen(day, TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("daily 00:00-24:00")]
    [InlineData("daily 12:00-11:59; daily 11:59-12:00")]
    public void IsOpen_WindowsThatCoverTheWeek_IsOpenEveryMinute(string text)
    {
        Assert.True(WeekSchedule.TryParse(text, out var schedule, out _));

        Assert.All(Enumerable.Range(0, 7 * 24 * 60), m => Assert.True(schedule!.IsOpen((DayOfWeek)(m / 1440), TimeSpan.FromMinutes(m % 1440))));
    }

    // The clock of Berlin jumps from 02:00 to 03:00, and goes twice through 02:00 to 03:00 in autumn: the window follows the clock that people see.
    [Fact]
    public void IsOpen_AroundDaylightSaving_FollowsTheOffsetsWallClock()
    {
        Assert.True(WeekSchedule.TryParse("sun 02:00-03:00", out var schedule, out _));
        var (winter, summer) = (TimeSpan.FromHours(1), TimeSpan.FromHours(2));

        Assert.False(schedule!.IsOpen(new DateTimeOffset(2026, 3, 29, 1, 59, 59, winter)));
        Assert.False(schedule.IsOpen(new DateTimeOffset(2026, 3, 29, 3, 0, 0, summer)));
        Assert.True(schedule.IsOpen(new DateTimeOffset(2026, 10, 25, 2, 30, 0, summer)));
        Assert.True(schedule.IsOpen(new DateTimeOffset(2026, 10, 25, 2, 30, 0, winter)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ; ")]
    [InlineData(null)]
    [InlineData("mon")]
    [InlineData("mon 8:00-18:00")]
    [InlineData("mon 08:00-08:00")]
    [InlineData("mon 24:00-08:00")]
    [InlineData("mon 08:00-24:01")]
    [InlineData("mon 08:60-09:00")]
    [InlineData("mon 08:00")]
    [InlineData("monday 08:00-18:00")]
    [InlineData("mon-tue-wed 08:00-18:00")]
    [InlineData("mon, 08:00-18:00")]
    [InlineData("mon -1:00-18:00")]
    public void TryParse_NoSchedule_SaysHowItIsWritten(string? text)
    {
        Assert.False(WeekSchedule.TryParse(text, out var schedule, out var problem));

        Assert.Null(schedule);
        Assert.Contains("mon-fri 08:00-18:00", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_MoreThanTheBounds_IsRefused()
    {
        var many = string.Join(';', Enumerable.Repeat("mon 08:00-09:00", Limits.ScheduleWindowsMax + 1));

        Assert.False(WeekSchedule.TryParse(many, out _, out _));
        Assert.False(WeekSchedule.TryParse(new string(' ', 10) + "mon 08:00-09:00" + new string(';', Limits.ScheduleCharsMax), out _, out _));
    }
}
