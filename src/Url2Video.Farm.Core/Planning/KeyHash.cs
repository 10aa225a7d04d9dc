using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Url2Video.Farm.Core.Planning;

/// <summary>SHA-256 over a sequence of typed, length-prefixed fields, so that no two different sequences give the same bytes.</summary>
internal sealed class KeyHash : IDisposable
{
    private const byte NullTag = 0, TextTag = 1, NumberTag = 2, ListTag = 3;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public KeyHash Add(string? text)
    {
        if (text is null)
        {
            _hash.AppendData([NullTag]);
            return this;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        Field(TextTag, bytes.Length);
        _hash.AppendData(bytes);
        return this;
    }

    public KeyHash Add(long number)
    {
        Field(NumberTag, number);
        return this;
    }

    public KeyHash Add(bool flag) => Add(flag ? 1L : 0L);

    public KeyHash Add(long? number) => number is { } value ? Add(value) : Add((string?)null);

    public KeyHash Add(Rational value) => Add(value.Numerator).Add(value.Denominator);

    public KeyHash Add(ArtifactRef file) => Add(file.Id.Sha256).Add(file.Bytes);

    public KeyHash Add<T>(ReadOnlySpan<T> items, Action<KeyHash, T> add)
    {
        Field(ListTag, items.Length);
        foreach (var item in items)
        {
            add(this, item);
        }

        return this;
    }

    /// <summary>64 lower-case hexadecimal characters.</summary>
    public string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();

    private void Field(byte tag, long value)
    {
        Span<byte> head = stackalloc byte[9];
        head[0] = tag;
        BinaryPrimitives.WriteInt64BigEndian(head[1..], value);
        _hash.AppendData(head);
    }
}
