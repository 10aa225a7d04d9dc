using Url2Video.Farm.Core.Dispatch;

namespace Url2Video.Farm.Core.Settings;

/// <summary>What happened to a named limit, in its journal.</summary>
public abstract record LimitEvent
{
    private LimitEvent() { }

    /// <param name="Max">Null: the limit is no more.</param>
    /// <param name="By">Who said so, for whoever looks later.</param>
    public sealed record Changed(int? Max, string By, DateTimeOffset At) : LimitEvent;
}

/// <summary>What happened to a tenant, in its journal.</summary>
public abstract record TenantEvent
{
    private TenantEvent() { }

    /// <param name="By">Who said so, for whoever looks later.</param>
    public sealed record Changed(TenantSettings Settings, string By, DateTimeOffset At) : TenantEvent;
}
