using Microsoft.AspNetCore.Builder;

namespace Url2Video.Farm.Api.Hosting;

/// <summary>Who may call a route. A route without one is refused: forgetting it must close a door, not open it.</summary>
public enum AccessKind
{
    /// <summary>Anybody; only for what tells nothing (liveness, the API's description, enrolment that checks its own token).</summary>
    Anonymous,

    /// <summary>An API key that has the scope.</summary>
    Key,

    /// <summary>A node with a live session; the route checks what that node may touch.</summary>
    Node,

    /// <summary>A signed, expiring address.</summary>
    Signed,

    /// <summary>Another server of the farm, by a token made with the farm's secret; the route checks it.</summary>
    Peer,
}

/// <param name="Scope">One of <see cref="Scopes"/>; empty unless <see cref="AccessKind.Key"/>.</param>
public sealed record Access(AccessKind Kind, string Scope = "")
{
    public static readonly Access Anonymous = new(AccessKind.Anonymous);
    public static readonly Access Node = new(AccessKind.Node);
    public static readonly Access Signed = new(AccessKind.Signed);
    public static readonly Access Peer = new(AccessKind.Peer);

    public static Access Key(string scope) => new(AccessKind.Key, scope);
}

/// <summary>What an API key may do. Words are stored: frozen.</summary>
public static class Scopes
{
    /// <summary>Order films, pause, cancel and fetch one's own.</summary>
    public const string VideosWrite = "videos:write";

    public const string VideosRead = "videos:read";

    /// <summary>See everything of the farm.</summary>
    public const string FarmRead = "farm:read";

    /// <summary>Operate the farm: nodes, limits, jobs, every project.</summary>
    public const string FarmAdmin = "farm:admin";
}

public static class AccessExtensions
{
    /// <summary>Every route says this, or is refused.</summary>
    public static TBuilder WithAccess<TBuilder>(this TBuilder route, Access access)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(access);
}
