namespace Url2Video.Farm.Media.Tests.Cuda.Ptx;

internal enum PtxOp
{
    Abs,
    Add,
    And,
    BitField,
    Branch,
    Compare,
    Convert,
    Divide,
    LoadGlobal,
    LoadParameter,
    Max,
    Min,
    Move,
    Multiply,
    MultiplyAdd,
    MultiplyWide,
    Negate,
    Not,
    Or,
    Return,
    Select,
    ShiftLeft,
    ShiftRight,
    StoreGlobal,
    Subtract,
    Xor,
}

/// <summary>What an instruction says of its numbers: s32, u8, b64, pred.</summary>
internal readonly record struct PtxType(int Bits, bool IsSigned)
{
    public static PtxType Parse(string text) =>
        text == "pred" ? new PtxType(1, false) : new PtxType(int.Parse(text.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture), text[0] == 's');

    /// <summary>As a number of this type, held in 64 bits.</summary>
    public long Of(ulong bits) => IsSigned ? (long)(bits << (64 - Bits)) >> (64 - Bits) : (long)Cut(bits, Bits);

    public static ulong Cut(ulong bits, int width) => width == 64 ? bits : bits & ((1UL << width) - 1);
}

/// <param name="Register">−1 for a number.</param>
internal readonly record struct PtxOperand(int Register, ulong Value);

/// <param name="Target">The registers written, with their widths; empty for stores and branches.</param>
/// <param name="Sources">For loads and stores the first is the address.</param>
/// <param name="Offset">Added to the address.</param>
/// <param name="From">Of the source where it differs: conversions.</param>
/// <param name="Predicate">The register that decides whether it is done; −1 for always.</param>
/// <param name="Jump">Index of the next instruction of a branch.</param>
internal sealed record PtxInstruction(
    PtxOp Op, PtxType Type, PtxType From, string Relation, (int Register, int Bits)[] Target, PtxOperand[] Sources, long Offset, int Predicate, bool IsNegated, int Jump,
    string Text);
