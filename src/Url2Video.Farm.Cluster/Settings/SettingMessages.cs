using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Dispatch;

namespace Url2Video.Farm.Cluster.Settings;

/// <summary>Something for one limit or tenant, by name.</summary>
public interface IForSetting
{
    string Name { get; }
}

/// <summary>Sets a limit; null removes it. Answered with <see cref="Reply"/> once it is in the journal.</summary>
public sealed record ChangeLimit(string Name, int? Max, string By) : IForSetting;

/// <summary>Answered with <see cref="DispatchMessage.SetLimit"/>.</summary>
public sealed record GetLimit(string Name) : IForSetting;

/// <summary>Answered with <see cref="Reply"/> once it is in the journal.</summary>
public sealed record ChangeTenant(string Name, TenantSettings Settings, string By) : IForSetting;

/// <summary>Answered with <see cref="DispatchMessage.SetTenant"/>; a tenant nobody has set anything of has the defaults.</summary>
public sealed record GetTenant(string Name) : IForSetting;

/// <summary>For the dispatcher: why does it not run? Answered with <see cref="Explanation"/>.</summary>
public sealed record ExplainJob(JobId Job);

/// <summary>For the dispatcher; answered with <see cref="QueueReport"/>.</summary>
public sealed record GetQueue;
