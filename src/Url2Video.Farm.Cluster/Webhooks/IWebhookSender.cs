using System.Collections.Immutable;
using Url2Video.Farm.Core.Webhooks;

namespace Url2Video.Farm.Cluster.Webhooks;

/// <summary>Makes calls to addresses that customers named: hostile ones. Follows no redirect, and goes nowhere a page might not be fetched from.</summary>
internal interface IWebhookSender
{
    /// <summary>Posts JSON. Whatever the other side does is an answer, not an exception.</summary>
    Task<WebhookAnswer> PostAsync(string url, ImmutableArray<(string Name, string Value)> headers, byte[] body, CancellationToken cancellation);
}
