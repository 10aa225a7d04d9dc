namespace Url2Video.Farm.Node.Workers.Confinement;

/// <summary>Writes a filter of system calls rule by rule; what no rule refuses is allowed. Pure.</summary>
/// <remarks>Whatever a rule loads, the number of the call is in the accumulator again behind it.</remarks>
internal sealed class SystemCallProgram
{
    /// <summary>The call fails with EPERM: the program can be told, and goes on.</summary>
    public const uint NotPermitted = 0x0005_0000 | 1;

    /// <summary>The call fails with ENOSYS, as on a kernel that is older than it: libraries then take the older one, whose flags a filter can read.</summary>
    public const uint NoSuchCall = 0x0005_0000 | 38;

    public const uint Kill = 0x8000_0000;
    public const uint Allow = 0x7FFF_0000;

    private const ushort Load = 0x20, Mask = 0x54, JumpIfEqual = 0x15, JumpIfAtLeast = 0x35, JumpIfBits = 0x45, Return = 0x06;
    private const uint NumberAt = 0, ArchitectureAt = 4, FirstArgumentAt = 16, ArgumentBytes = 8, HighHalf = 4;

    /// <summary>System calls of the 32-bit pointer ABI of x86-64 have numbers from here on; no other architecture has such numbers.</summary>
    private const uint OtherTable = 0x4000_0000;

    private readonly List<FilterStep> _steps = [];

    /// <param name="audit">The architecture, as the kernel names it; calls of another one have other numbers.</param>
    /// <param name="elsewhere">What becomes of those.</param>
    public SystemCallProgram(uint audit, uint elsewhere) => _steps.AddRange(
    [
        new(Load, 0, 0, ArchitectureAt),
        new(JumpIfEqual, 1, 0, audit),
        new(Return, 0, 0, elsewhere),
        new(Load, 0, 0, NumberAt),
        new(JumpIfAtLeast, 0, 1, OtherTable),
        new(Return, 0, 0, elsewhere),
    ]);

    public SystemCallProgram Refuse(IEnumerable<uint> numbers, uint how = NotPermitted)
    {
        foreach (var number in numbers)
        {
            _steps.Add(new(JumpIfEqual, 0, 1, number));
            _steps.Add(new(Return, 0, 0, how));
        }

        return this;
    }

    /// <summary>Refuses the call if an argument, of 32 bits, is anything else.</summary>
    public SystemCallProgram RefuseUnless(uint number, int argument, uint value) => When(
        number,
        new(Load, 0, 0, At(argument)),
        new(JumpIfEqual, 1, 0, value),
        new(Return, 0, 0, NotPermitted));

    /// <summary>Refuses the call if any half of an argument of 64 bits is not zero: a pointer, or a number with something behind it.</summary>
    public SystemCallProgram RefuseUnlessZero(uint number, int argument) => When(
        number,
        new(Load, 0, 0, At(argument)),
        new(JumpIfEqual, 0, 2, 0),
        new(Load, 0, 0, At(argument) + HighHalf),
        new(JumpIfEqual, 1, 0, 0),
        new(Return, 0, 0, NotPermitted));

    /// <summary>Refuses the call if any of the bits is set.</summary>
    public SystemCallProgram RefuseBits(uint number, int argument, uint bits) => When(
        number,
        new(Load, 0, 0, At(argument)),
        new(JumpIfBits, 0, 1, bits),
        new(Return, 0, 0, NotPermitted));

    /// <summary>Refuses the call if none of the bits is set.</summary>
    public SystemCallProgram RefuseWithout(uint number, int argument, uint bits) => When(
        number,
        new(Load, 0, 0, At(argument)),
        new(JumpIfBits, 1, 0, bits),
        new(Return, 0, 0, NotPermitted));

    /// <summary>Refuses the call if the bits under the mask are one of two.</summary>
    public SystemCallProgram RefuseMasked(uint number, int argument, uint mask, uint one, uint other) => When(
        number,
        new(Load, 0, 0, At(argument)),
        new(Mask, 0, 0, mask),
        new(JumpIfEqual, 1, 0, one),
        new(JumpIfEqual, 0, 1, other),
        new(Return, 0, 0, NotPermitted));

    public FilterStep[] ToArray() => [.. _steps, new(Return, 0, 0, Allow)];

    private static uint At(int argument) => FirstArgumentAt + ((uint)argument * ArgumentBytes); // The low half: both architectures are little-endian.

    private SystemCallProgram When(uint number, params ReadOnlySpan<FilterStep> test)
    {
        _steps.Add(new(JumpIfEqual, 0, (byte)(test.Length + 1), number));
        _steps.AddRange(test);
        _steps.Add(new(Load, 0, 0, NumberAt));
        return this;
    }
}
