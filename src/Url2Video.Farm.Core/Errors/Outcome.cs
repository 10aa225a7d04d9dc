using System.Diagnostics.CodeAnalysis;

namespace Url2Video.Farm.Core.Errors;

/// <summary>A decision's result: a value, or the reason why there is none. Core returns this where the edge would throw.</summary>
public sealed class Outcome<T>
{
    private Outcome(T? value, FarmError? error) => (Value, Error) = (value, error);

    public T? Value { get; }

    public FarmError? Error { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsOk => Error is null;

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(FarmError error) => new(default, error);

    /// <exception cref="FarmException">There is no value.</exception>
    public T OrThrow() => IsOk ? Value : throw new FarmException(Error);
}
