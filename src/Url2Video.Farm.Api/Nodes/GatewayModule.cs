using System.Net.WebSockets;
using Akka.Actor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Api.RateLimits;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Link;
using Url2Video.Farm.Cluster.Nodes;
using Url2Video.Farm.Cluster.Security;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Nodes;

/// <summary>
/// Where nodes come in: enrolment, sessions, renewal and the link. One a server; it is also the judge of every route that is for nodes.
/// </summary>
internal sealed class GatewayModule : IApiModule, IAccessJudge
{
    private static readonly TimeSpan ProxyPatience = TimeSpan.FromSeconds(5);

    private readonly FarmAuthority _authority;
    private readonly NodeCredentials _credentials;
    private readonly IActorRef _nodes;
    private readonly OpenRequests _open;

    private GatewayModule(FarmAuthority authority, NodeSessions sessions, JoinTokens tokens, NodeCredentials credentials, GatewayParts parts, OpenRequests open, IActorRef nodes) =>
        (_authority, Sessions, Tokens, _credentials, Registry, Book, _open, _nodes) = (authority, sessions, tokens, credentials, parts.Registry, parts.Book, open, nodes);

    public AccessKind Kind => AccessKind.Node;

    public NodeSessions Sessions { get; }

    public JoinTokens Tokens { get; }

    public NodeRegistry Registry { get; }

    /// <summary>What was granted over the links of this server.</summary>
    public GrantBook Book { get; }

    /// <summary>Requests of nodes that are under way at this server.</summary>
    public int OpenRequests => _open.Count;

    /// <summary>Reads the secrets of nodes and starts following the farm's nodes. Once a farm system.</summary>
    /// <exception cref="FarmException"><c>ERR_STORE_UNREACHABLE</c>.</exception>
    public static async Task<GatewayModule> StartAsync(
        FarmSystem farm, FarmDatabase database, FarmAuthority authority, TimeProvider clock, CancellationToken cancellation = default)
    {
        var tokens = await JoinTokens.LoadAsync(database, authority, clock, cancellation).ConfigureAwait(false);
        var sessions = await NodeSessions.LoadAsync(database, authority, clock, cancellation).ConfigureAwait(false);
        var registry = new NodeRegistry(database, clock);
        var open = new Nodes.OpenRequests(clock);
        var parts = new GatewayParts(registry, farm.Projects, farm.Dispatcher, () => farm.Contact.MayVouch, new GrantBook(), clock) { StandingsRead = open.Judge };
        var nodes = farm.System.ActorOf(NodesActor.Props(parts), NodesActor.Name);
        return new(authority, sessions, tokens, new NodeCredentials(database, authority, tokens, clock), parts, open, nodes);
    }

    /// <summary>The nodes whose link is at this server.</summary>
    public async Task<IReadOnlyList<NodeIncarnation>> LinkedAsync(CancellationToken cancellation = default) =>
        (await _nodes.Ask<LinkedNodes>(GetLinked.Instance, cancellation).ConfigureAwait(false)).Nodes;

    public void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        // Open to anybody, and each costs a look into the store.
        var door = new AddressLimit(parts.Options.NodeDoorPerHour, parts.Options.NodeDoorBurst, parts.Clock);
        routes.MapGet(NodeRoutes.Authority, (HttpContext context) => AnswerAuthorityAsync(context)).WithAccess(Access.Anonymous).ExcludeFromDescription();
        routes.MapPost(NodeRoutes.Enrol, (HttpContext context) => EnrolAsync(context, door)).WithAccess(Access.Anonymous).ExcludeFromDescription();
        routes.MapPost(NodeRoutes.Session, (HttpContext context) => OpenSessionAsync(context, door)).WithAccess(Access.Anonymous).ExcludeFromDescription();
        routes.MapPost(NodeRoutes.Renew, (HttpContext context) => RenewAsync(context)).WithAccess(Access.Node).ExcludeFromDescription();
        routes.MapGet(NodeRoutes.Link, (HttpContext context) => LinkAsync(context)).WithAccess(Access.Node).ExcludeFromDescription();
    }

    /// <inheritdoc/>
    public async ValueTask<FarmError?> JudgeAsync(HttpContext context, Access access)
    {
        if (await SessionOfAsync(context, context.RequestAborted).ConfigureAwait(false) is { } session)
        {
            context.Features.Set(session);
            context.Response.RegisterForDispose(_open.Track(session.Node, context.Abort));
            return null;
        }

        return new(ErrorCodes.NodeRevoked, "This is for nodes of the farm: there is no live session.", "Open a session; a revoked node needs a new join token.");
    }

    private ValueTask<NodeSession?> SessionOfAsync(HttpContext context, CancellationToken cancellation)
    {
        const string Scheme = "Bearer ";
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? Sessions.ValidateAsync(header[Scheme.Length..], cancellation)
            : ValueTask.FromResult<NodeSession?>(null);
    }

    // Public: a node checks it against the fingerprint in its token before it says anything.
    private async Task AnswerAuthorityAsync(HttpContext context)
    {
        context.Response.ContentType = "application/pkix-cert";
        await context.Response.BodyWriter.WriteAsync(_authority.Certificate.AsMemory(), context.RequestAborted).ConfigureAwait(false);
    }

    private async Task EnrolAsync(HttpContext context, AddressLimit door)
    {
        door.Take(context);
        var request = await NodeBodies.ReadAsync(context, NodeApiJson.Default.EnrolRequest).ConfigureAwait(false);
        using var certificate = await _credentials.EnrolAsync(request, context.RequestAborted).ConfigureAwait(false);
        await AnswerAsync(context, certificate).ConfigureAwait(false);
    }

    private async Task RenewAsync(HttpContext context)
    {
        var request = await NodeBodies.ReadAsync(context, NodeApiJson.Default.RenewRequest).ConfigureAwait(false);
        using var certificate = await _credentials.RenewAsync(context.Features.GetRequiredFeature<NodeSession>(), request.Request, context.RequestAborted).ConfigureAwait(false);
        await AnswerAsync(context, certificate).ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext context, System.Security.Cryptography.X509Certificates.X509Certificate2 certificate)
    {
        var servers = await Registry.ServersAsync(context.RequestAborted).ConfigureAwait(false);
        var reply = new EnrolReply(
            Convert.ToBase64String(certificate.RawData),
            Convert.ToBase64String(_authority.Certificate.AsSpan()),
            servers,
            new DateTimeOffset(certificate.NotAfter.ToUniversalTime()).ToUnixTimeMilliseconds());
        await NodeBodies.WriteAsync(context, reply, NodeApiJson.Default.EnrolReply).ConfigureAwait(false);
    }

    private async Task OpenSessionAsync(HttpContext context, AddressLimit door)
    {
        door.Take(context);
        var request = await NodeBodies.ReadAsync(context, NodeApiJson.Default.SessionRequest).ConfigureAwait(false);
        var reply = await Sessions.OpenAsync(request, context.RequestAborted).ConfigureAwait(false);
        await NodeBodies.WriteAsync(context, reply, NodeApiJson.Default.SessionReply).ConfigureAwait(false);
    }

    private async Task LinkAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            throw new FarmException(ErrorCodes.InvalidArgument, "The link is a WebSocket.");
        }

        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        using var link = new ServerLink();
        var proxy = await _nodes.Ask<IActorRef>(new OpenLink(context.Features.GetRequiredFeature<NodeSession>(), link), ProxyPatience).ConfigureAwait(false);
        var why = "The connection was not opened.";
        try
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
            {
                KeepAliveInterval = TimeSpan.FromSeconds(Limits.LinkPingSeconds),
                KeepAliveTimeout = TimeSpan.FromSeconds(Limits.LinkPingSeconds),
            }).ConfigureAwait(false);
            why = await link.RunAsync(socket, proxy, ending.Token).ConfigureAwait(false);
        }
        finally
        {
            proxy.Tell(new LinkEnded(why));
        }
    }
}
