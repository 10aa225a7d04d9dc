namespace Url2Video.Farm.Tests.Time;

/// <summary>Time stamps move only when a test says so; timers run as ever.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _now;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _now, (long)(by.TotalSeconds * TimestampFrequency));

    public override long GetTimestamp() => Interlocked.Read(ref _now);
}
