using System.Text.Json;
using System.Text.Json.Serialization;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Cluster.Serialization;

/// <summary>The facts of a node as they are sent, stored in <c>farm_node.facts</c> and printed. Unknown members are passed over: nodes may be newer.</summary>
public static class NodeFactsJson
{
    public static string Write(NodeFacts facts) => JsonSerializer.Serialize(facts, NodeFactsContext.Default.NodeFacts);

    /// <exception cref="JsonException">Not the facts of a node.</exception>
    public static NodeFacts Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return json.Length > Limits.NodeFactsCharsMax
            ? throw new JsonException($"The facts of a node have {json.Length} characters; at most {Limits.NodeFactsCharsMax} are read.")
            : JsonSerializer.Deserialize(json, NodeFactsContext.Default.NodeFacts) ?? throw new JsonException("null is no facts.");
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(NodeFacts))]
internal sealed partial class NodeFactsContext : JsonSerializerContext;
