namespace Url2Video.Farm.Api.Tests.Support;

/// <summary>The system's clock, some time ahead: time stamps move when a test says so, timers run as ever.</summary>
internal sealed class ManualClock : TimeProvider
{
    private long _aheadMs;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _aheadMs, (long)by.TotalMilliseconds);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddMilliseconds(Interlocked.Read(ref _aheadMs));
}
