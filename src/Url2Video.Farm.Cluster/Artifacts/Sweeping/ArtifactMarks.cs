using System.Buffers.Binary;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Artifacts.Sweeping;

/// <summary>
/// The artifacts that something names. Only half of each hash is kept: two files that are alike in it are kept both, which harms nobody.
/// </summary>
internal sealed class ArtifactMarks(int countMax = Limits.ArtifactMarksMax)
{
    private const int HashChars = 64;
    private const int KeptChars = 32;

    private readonly HashSet<UInt128> _marks = [];

    public int Count => _marks.Count;

    public bool Has(string sha256) => TryRead(System.Text.Encoding.ASCII.GetBytes(sha256), out var mark) && _marks.Contains(mark);

    /// <exception cref="FarmException"><c>ERR_TOO_LARGE</c>: more than can be told apart here; then nothing may be swept.</exception>
    public void Add(string sha256) => AddAll(System.Text.Encoding.ASCII.GetBytes(sha256));

    /// <summary>
    /// Everything in a text that may be a hash, whatever the text is: an event, a document, a list. Not to know a format must not cost a file.
    /// </summary>
    /// <exception cref="FarmException">As <see cref="Add"/>.</exception>
    public void AddAll(ReadOnlySpan<byte> text)
    {
        var run = 0;
        for (var i = 0; i < text.Length; i++)
        {
            run = IsHex(text[i]) ? run + 1 : 0;
            if (run >= HashChars)
            {
                AddOne(text.Slice(i + 1 - HashChars, KeptChars));
            }
        }
    }

    private static bool IsHex(byte c) => c is >= (byte)'0' and <= (byte)'9' or >= (byte)'a' and <= (byte)'f';

    private static bool TryRead(ReadOnlySpan<byte> chars, out UInt128 mark)
    {
        Span<byte> bytes = stackalloc byte[KeptChars / 2];
        var isOne = chars.Length >= KeptChars
            && Convert.FromHexString(chars[..KeptChars], bytes, out _, out _) == System.Buffers.OperationStatus.Done;
        mark = isOne ? BinaryPrimitives.ReadUInt128BigEndian(bytes) : default;
        return isOne;
    }

    private void AddOne(ReadOnlySpan<byte> chars)
    {
        if (TryRead(chars, out var mark) && _marks.Add(mark) && _marks.Count > countMax)
        {
            throw new FarmException(ErrorCodes.TooLarge, $"The farm names more than {countMax} artifacts: too many to sweep.", "Nothing was deleted.");
        }
    }
}
