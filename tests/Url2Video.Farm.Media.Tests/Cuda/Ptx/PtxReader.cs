using System.Globalization;

namespace Url2Video.Farm.Media.Tests.Cuda.Ptx;

/// <summary>Reads the body of one kernel.</summary>
internal sealed class PtxReader(PtxParameter[] parameters)
{
    private readonly Dictionary<string, int> _registers = PtxThread.Specials.Select((n, i) => (n, i)).ToDictionary(p => p.n, p => p.i, StringComparer.Ordinal);
    private readonly Dictionary<string, int> _labels = new(StringComparer.Ordinal);

    public PtxEntry Read(string name, IEnumerable<string> body)
    {
        var texts = new List<string>();
        foreach (var line in body)
        {
            if (line.EndsWith(':'))
            {
                _labels.Add(line[..^1], texts.Count);
            }
            else
            {
                texts.Add(line.TrimEnd(';'));
            }
        }

        PtxInstruction[] instructions = [.. texts.Select(Instruction)];
        return new PtxEntry(name, parameters, instructions, _registers.Count);
    }

    private PtxInstruction Instruction(string text)
    {
        var (predicate, isNegated, rest) = (-1, false, text);
        if (text.StartsWith('@'))
        {
            var space = text.IndexOf(' ', StringComparison.Ordinal);
            isNegated = text[1] == '!';
            predicate = Register(text[(isNegated ? 2 : 1)..space]).Register;
            rest = text[space..].Trim();
        }

        var cut = rest.IndexOfAny([' ', '\t']);
        var code = (cut < 0 ? rest : rest[..cut]).Split('.');
        var operands = cut < 0 ? [] : Operands(rest[cut..]);
        var op = OpOf(code, text);
        if (op == PtxOp.Branch)
        {
            return new PtxInstruction(op, default, default, "", [], [], 0, predicate, isNegated, _labels[operands[0]], text);
        }

        var type = op is PtxOp.Return ? default : PtxType.Parse(op == PtxOp.Convert ? code[1] : code[^1]);
        var from = op == PtxOp.Convert ? PtxType.Parse(code[2]) : type;
        var isStore = op == PtxOp.StoreGlobal;
        (int, int)[] target = isStore || operands.Length == 0 ? [] : [.. operands[0].Trim('{', '}').Split(',').Select(n => Register(n.Trim()))];
        var (sources, offset) = Sources(isStore ? operands : operands.Skip(1));
        return new PtxInstruction(op, type, from, op == PtxOp.Compare ? code[1] : "", target, sources, offset, predicate, isNegated, -1, text);
    }

    private (PtxOperand[] Sources, long Offset) Sources(IEnumerable<string> texts)
    {
        var (list, offset) = (new List<PtxOperand>(), 0L);
        foreach (var text in texts)
        {
            var inner = text.Trim('[', ']');
            var plus = text.StartsWith('[') ? inner.IndexOf('+', StringComparison.Ordinal) : -1;
            offset = plus < 0 ? offset : long.Parse(inner[(plus + 1)..], CultureInfo.InvariantCulture);
            list.Add(Operand(plus < 0 ? inner : inner[..plus]));
        }

        return ([.. list], offset);
    }

    // A parameter's name is its place; names, registers and numbers cannot be taken for each other.
    private PtxOperand Operand(string text) =>
        text.StartsWith('%') ? new PtxOperand(Register(text).Register, 0)
        : parameters.FirstOrDefault(p => p.Name == text) is { } parameter ? new PtxOperand(-1, (ulong)parameter.Offset)
        : new PtxOperand(-1, (ulong)long.Parse(text, CultureInfo.InvariantCulture));

    private (int Register, int Bits) Register(string name)
    {
        if (!_registers.TryGetValue(name, out var index))
        {
            _registers.Add(name, index = _registers.Count);
        }

        return (index, name.StartsWith("%rd", StringComparison.Ordinal) ? 64 : name.StartsWith("%rs", StringComparison.Ordinal) ? 16 : name[1] == 'p' ? 1 : 32);
    }

    private static string[] Operands(string text)
    {
        var (list, depth, start) = (new List<string>(), 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
            if (text[i] == ',' && depth == 0)
            {
                list.Add(text[start..i].Trim());
                start = i + 1;
            }
        }

        list.Add(text[start..].Trim());
        return [.. list];
    }

    private static PtxOp OpOf(string[] code, string text) => code switch
    {
        ["abs", ..] => PtxOp.Abs,
        ["add", _] => PtxOp.Add,
        ["and", _] => PtxOp.And,
        ["bfe", _] => PtxOp.BitField,
        ["bra", ..] => PtxOp.Branch,
        ["cvt", _, _] => PtxOp.Convert,
        ["cvta", ..] or ["mov", _] => PtxOp.Move,
        ["div", _] => PtxOp.Divide,
        ["ld", "global", ..] => PtxOp.LoadGlobal,
        ["ld", "param", ..] => PtxOp.LoadParameter,
        ["mad", "lo", _] => PtxOp.MultiplyAdd,
        ["max", _] => PtxOp.Max,
        ["min", _] => PtxOp.Min,
        ["mul", "lo", _] => PtxOp.Multiply,
        ["mul", "wide", _] => PtxOp.MultiplyWide,
        ["neg", _] => PtxOp.Negate,
        ["not", _] => PtxOp.Not,
        ["or", _] => PtxOp.Or,
        ["ret"] => PtxOp.Return,
        ["selp", _] => PtxOp.Select,
        ["setp", _, _] => PtxOp.Compare,
        ["shl", _] => PtxOp.ShiftLeft,
        ["shr", _] => PtxOp.ShiftRight,
        ["st", "global", ..] => PtxOp.StoreGlobal,
        ["sub", _] => PtxOp.Subtract,
        ["xor", _] => PtxOp.Xor,
        _ => throw new FormatException($"The interpreter does not know `{text}`."),
    };
}
