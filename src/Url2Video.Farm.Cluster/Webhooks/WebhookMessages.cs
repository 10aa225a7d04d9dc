using System.Collections.Immutable;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Webhooks;

namespace Url2Video.Farm.Cluster.Webhooks;

/// <summary>From a project until it hears <see cref="WebhookTaken"/>: make this call.</summary>
public sealed record TellWebhook(ProjectId To, WebhookCall Call) : IForProject;

/// <summary>The call is in the journal.</summary>
public sealed record WebhookTaken(string Id);

/// <summary>Answered with <see cref="DeliveriesReply"/>.</summary>
public sealed record GetDeliveries(ProjectId To) : IForProject;

public sealed record DeliveriesReply(ImmutableArray<WebhookDelivery> Deliveries);
