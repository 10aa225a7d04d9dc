namespace Url2Video.Farm.Media.Tests.Cuda.Ptx;

/// <summary>The bytes that threads read and write. An address outside of what was allocated, or not on its own boundary, is a fault.</summary>
internal interface IPtxMemory
{
    ulong Load(ulong address, int bytes);

    void Store(ulong address, int bytes, ulong value);
}

/// <summary>One thread of a kernel, from its first instruction to its return.</summary>
internal sealed class PtxThread(PtxEntry entry, byte[] parameters, IPtxMemory memory)
{
    private const int StepsMax = 1_000_000;
    private readonly ulong[] _registers = new ulong[entry.Registers];

    /// <summary>The registers that tell a thread where it is: the first of every kernel.</summary>
    public static readonly string[] Specials = ["%tid.x", "%tid.y", "%ntid.x", "%ntid.y", "%ctaid.x", "%ctaid.y"];

    /// <summary>Instructions of all runs.</summary>
    public long Steps { get; private set; }

    /// <param name="place">In the order of <see cref="Specials"/>.</param>
    public void Run(ReadOnlySpan<int> place)
    {
        for (var i = 0; i < place.Length; i++)
        {
            _registers[i] = (uint)place[i];
        }

        for (var (at, steps) = (0, 0); at < entry.Instructions.Length; steps++)
        {
            var step = entry.Instructions[at++];
            Steps++;
            if (step.Predicate >= 0 && (_registers[step.Predicate] != 0) == step.IsNegated)
            {
                continue;
            }

            if (step.Op == PtxOp.Return || steps > StepsMax)
            {
                _ = steps <= StepsMax ? 0 : throw new InvalidOperationException($"{entry.Name} does not come to an end.");
                return;
            }

            at = step.Op == PtxOp.Branch ? step.Jump : at;
            Do(step);
        }
    }

    private void Do(PtxInstruction step)
    {
        switch (step.Op)
        {
            case PtxOp.Branch:
                break;
            case PtxOp.StoreGlobal:
                memory.Store(Address(step), step.Type.Bits / 8, PtxType.Cut(Source(step, 1), step.Type.Bits));
                break;
            case PtxOp.LoadGlobal or PtxOp.LoadParameter:
                var bytes = step.Type.Bits / 8;
                for (var i = 0; i < step.Target.Length; i++)
                {
                    var address = Address(step) + (ulong)(i * bytes);
                    var value = step.Op == PtxOp.LoadGlobal ? memory.Load(address, bytes) : Parameter(address, bytes);
                    Write(step.Target[i], (ulong)step.Type.Of(value));
                }

                break;
            default:
                Write(step.Target[0], PtxArithmetic.Of(step, Source(step, 0), Source(step, 1), Source(step, 2)));
                break;
        }
    }

    private ulong Address(PtxInstruction step) => Source(step, 0) + (ulong)step.Offset;

    private ulong Source(PtxInstruction step, int index)
    {
        if (index >= step.Sources.Length)
        {
            return 0;
        }

        var operand = step.Sources[index];
        return operand.Register < 0 ? operand.Value : _registers[operand.Register];
    }

    private void Write((int Register, int Bits) target, ulong value) => _registers[target.Register] = PtxType.Cut(value, target.Bits);

    private ulong Parameter(ulong address, int bytes)
    {
        ulong value = 0;
        for (var i = 0; i < bytes; i++)
        {
            value |= (ulong)parameters[checked((int)address + i)] << (8 * i);
        }

        return value;
    }
}
