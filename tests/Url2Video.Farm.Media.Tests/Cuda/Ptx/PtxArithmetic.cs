namespace Url2Video.Farm.Media.Tests.Cuda.Ptx;

/// <summary>What the arithmetic instructions mean, from the PTX language's manual.</summary>
internal static class PtxArithmetic
{
    /// <returns>Bits; the register they go to cuts them to its width.</returns>
    public static ulong Of(PtxInstruction step, ulong first, ulong second, ulong third)
    {
        var (type, bits) = (step.Type, step.Type.Bits);
        var (a, b) = (type.Of(first), type.Of(second));
        return step.Op switch
        {
            PtxOp.Abs => (ulong)Math.Abs(a),
            PtxOp.Add => (ulong)(a + b),
            PtxOp.And => first & second,
            PtxOp.BitField => third >= 32 ? (ulong)a >> (int)(second & 255) : PtxType.Cut((ulong)a >> (int)(second & 255), (int)third),
            PtxOp.Compare => Compare(step, a, b) ? 1UL : 0,
            PtxOp.Convert => PtxType.Cut((ulong)step.From.Of(first), bits),
            PtxOp.Divide => type is { IsSigned: false, Bits: 64 } ? first / second : (ulong)(a / b),
            PtxOp.Max => IsLess(type, a, b) ? second : first,
            PtxOp.Min => IsLess(type, a, b) ? first : second,
            PtxOp.Move => first,
            PtxOp.Multiply or PtxOp.MultiplyWide => (ulong)(a * b),
            PtxOp.MultiplyAdd => (ulong)((a * b) + type.Of(third)),
            PtxOp.Negate => (ulong)-a,
            PtxOp.Not => ~first,
            PtxOp.Or => first | second,
            PtxOp.Select => third != 0 ? first : second,
            PtxOp.ShiftLeft => second >= (ulong)bits ? 0 : first << (int)second,
            PtxOp.ShiftRight => Shifted(type, a, second),
            PtxOp.Subtract => (ulong)(a - b),
            PtxOp.Xor => first ^ second,
            _ => throw new InvalidOperationException($"`{step.Text}` is no arithmetic."),
        };
    }

    // A shift by the width or more leaves the sign, or nothing.
    private static ulong Shifted(PtxType type, long a, ulong by) =>
        type.IsSigned ? (ulong)(a >> (int)Math.Min(by, 63)) : by >= (ulong)type.Bits ? 0 : (ulong)a >> (int)by;

    private static bool IsLess(PtxType type, long a, long b) => type.IsSigned ? a < b : (ulong)a < (ulong)b;

    private static bool Compare(PtxInstruction step, long a, long b) => step.Relation switch
    {
        "eq" => a == b,
        "ne" => a != b,
        "lt" => IsLess(step.Type, a, b),
        "le" => !IsLess(step.Type, b, a),
        "gt" => IsLess(step.Type, b, a),
        "ge" => !IsLess(step.Type, a, b),
        _ => throw new FormatException($"The interpreter does not know the relation of `{step.Text}`."),
    };
}
