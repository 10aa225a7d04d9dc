using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Node.Probing;

/// <summary>What was found by trying, which costs a second or more of every core.</summary>
/// <param name="Stamp">Of the machine as it was then; see <see cref="MachineStamp"/>.</param>
internal sealed record TriedFacts(string Stamp, ImmutableArray<EncoderFact> Encoders, string Chromium);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TriedFacts))]
internal sealed partial class TriedFactsJson : JsonSerializerContext;

/// <summary>
/// Keeps <see cref="TriedFacts"/> in a file, so that a node that was killed is back at work without trying every encoder again. A file that is of
/// another machine, another start of it or another program, or that cannot be read, is as none.
/// </summary>
public sealed class ProbeMemory(string path)
{
    internal TriedFacts? Recall(string stamp)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: <= Limits.NodeFactsCharsMax }
                && JsonSerializer.Deserialize(File.ReadAllBytes(path), TriedFactsJson.Default.TriedFacts) is { Encoders.IsDefault: false, Chromium: not null } tried
                && tried.Stamp == stamp ? tried : null;
        }
        catch (Exception fault) when (fault is JsonException || IoFaults.IsKnown(fault))
        {
            return null;
        }
    }

    /// <summary>What cannot be written is not remembered.</summary>
    internal void Keep(TriedFacts tried)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path + ".tmp", JsonSerializer.SerializeToUtf8Bytes(tried, TriedFactsJson.Default.TriedFacts));
            File.Move(path + ".tmp", path, overwrite: true);
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            // The next start tries again.
        }
    }
}
