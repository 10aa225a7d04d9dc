using System.Text.Json.Serialization;

namespace Url2Video.Farm.Core.Errors;

/// <summary>What went wrong, as people and programs get it: a stable code, a sentence, and a way out.</summary>
/// <param name="Code">One of <see cref="ErrorCodes"/>; never changes its meaning.</param>
/// <param name="Message">What happened, naming the thing (file, host, property) it happened to.</param>
/// <param name="WayOut">What the reader can do about it, or null when there is nothing to add.</param>
/// <param name="Retryable">True when the same input may succeed later (network, full disk); false for input that is wrong.</param>
public sealed record FarmError(string Code, string Message, string? WayOut = null, bool Retryable = false)
{
    /// <summary>SHA-256 of the artifact that is missing or damaged, so that whoever made it can be asked to make it again; else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Artifact { get; init; }

    public override string ToString() => $"{Code}: {Message}";
}

/// <summary>Carries a <see cref="FarmError"/> out of edge code. Decisions in Core return errors as values and never throw this.</summary>
public sealed class FarmException : Exception
{
    public FarmException(FarmError error, Exception? cause = null) : base(error.ToString(), cause) => Error = error;

    public FarmException(string code, string message, string? wayOut = null, bool retryable = false, Exception? cause = null)
        : this(new FarmError(code, message, wayOut, retryable), cause)
    {
    }

    public FarmError Error { get; }
}
