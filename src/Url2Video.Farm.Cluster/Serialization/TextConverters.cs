using System.Text.Json;
using System.Text.Json.Serialization;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Dispatch;

namespace Url2Video.Farm.Cluster.Serialization;

/// <summary>A value that is one short text on the wire. Reading refuses other kinds of JSON and texts that do not parse.</summary>
internal abstract class TextConverter<T> : JsonConverter<T>
    where T : struct
{
    private const int CharsMax = 512;

    public sealed override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return text is { Length: <= CharsMax } && TryParse(text, out var value)
            ? value
            : throw new JsonException($"Not a {typeof(T).Name}.");
    }

    public sealed override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Format(value));

    protected abstract bool TryParse(string text, out T value);

    protected abstract string Format(T value);
}

internal sealed class ProjectIdConverter : TextConverter<ProjectId>
{
    protected override bool TryParse(string text, out ProjectId value)
    {
        value = new ProjectId(text);
        return text.Length > 0;
    }

    protected override string Format(ProjectId value) => value.Value;
}

/// <summary><c>project/name</c>; names contain slashes, project ids do not.</summary>
internal sealed class JobIdConverter : TextConverter<JobId>
{
    protected override bool TryParse(string text, out JobId value)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        value = slash > 0 ? new JobId(new ProjectId(text[..slash]), text[(slash + 1)..]) : default;
        return slash > 0 && slash < text.Length - 1;
    }

    protected override string Format(JobId value) => value.ToString();
}

internal sealed class NodeIdConverter : TextConverter<NodeId>
{
    protected override bool TryParse(string text, out NodeId value)
    {
        value = new NodeId(text);
        return text.Length > 0;
    }

    protected override string Format(NodeId value) => value.Value;
}

internal sealed class ArtifactIdConverter : TextConverter<ArtifactId>
{
    protected override bool TryParse(string text, out ArtifactId value)
    {
        value = new ArtifactId(text);
        return Sha256Text.IsOne(text);
    }

    protected override string Format(ArtifactId value) => value.Sha256;
}

internal sealed class JobKeyConverter : TextConverter<JobKey>
{
    protected override bool TryParse(string text, out JobKey value)
    {
        value = new JobKey(text);
        return Sha256Text.IsOne(text);
    }

    protected override string Format(JobKey value) => value.Sha256;
}

internal sealed class RationalConverter : TextConverter<Rational>
{
    protected override bool TryParse(string text, out Rational value) => Rational.TryParse(text, out value);

    protected override string Format(Rational value) => value.ToString();
}

internal sealed class DispatcherIdConverter : TextConverter<DispatcherId>
{
    protected override bool TryParse(string text, out DispatcherId value)
    {
        value = new DispatcherId(text);
        return text.Length > 0;
    }

    protected override string Format(DispatcherId value) => value.Value;
}
