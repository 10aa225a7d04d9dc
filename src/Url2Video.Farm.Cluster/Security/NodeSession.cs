using Url2Video.Farm.Core;

namespace Url2Video.Farm.Cluster.Security;

/// <summary>A node that has shown that it holds the key of a live credential.</summary>
/// <param name="Serial">Of its certificate, the row of <c>farm_credential</c>.</param>
public sealed record NodeSession(NodeId Node, string Serial, DateTimeOffset ExpiresAt);
