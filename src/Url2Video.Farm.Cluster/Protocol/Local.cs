using Akka.Actor;

namespace Url2Video.Farm.Cluster.Protocol;

/// <summary>A message between actors that always live in one process (a parent and its children): it has no form on the wire.</summary>
internal sealed record Local<T>(T Message) : INoSerializationVerificationNeeded;
