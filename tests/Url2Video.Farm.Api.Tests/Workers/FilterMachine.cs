using Url2Video.Farm.Node.Workers.Confinement;

namespace Url2Video.Farm.Api.Tests.Workers;

/// <summary>Runs a filter's program as the kernel does, on a call of any architecture.</summary>
internal static class FilterMachine
{
    public const uint X64 = 0xC000003E, Arm64 = 0xC00000B7;

    public static bool Allows(FilterStep[] program, uint architecture, uint number, params ulong[] arguments) =>
        Run(program, architecture, number, arguments) == SystemCallProgram.Allow;

    /// <returns>The action: allow, kill, or an error with its number.</returns>
    public static uint Run(FilterStep[] program, uint architecture, uint number, params ulong[] arguments)
    {
        uint value = 0;
        for (var at = 0; ; at++)
        {
            var step = program[at];
            switch (step.Code)
            {
                case 0x20:
                    value = Loaded(step.Value, architecture, number, arguments);
                    break;
                case 0x54:
                    value &= step.Value;
                    break;
                case 0x15:
                    at += value == step.Value ? step.IfTrue : step.IfFalse;
                    break;
                case 0x35:
                    at += value >= step.Value ? step.IfTrue : step.IfFalse;
                    break;
                case 0x45:
                    at += (value & step.Value) != 0 ? step.IfTrue : step.IfFalse;
                    break;
                case 0x06:
                    Assert.Contains(step.Value, (uint[])[SystemCallProgram.Allow, SystemCallProgram.NotPermitted, SystemCallProgram.NoSuchCall, SystemCallProgram.Kill]);
                    return step.Value;
                default:
                    throw new InvalidOperationException($"Step {at} is none.");
            }
        }
    }

    // seccomp_data: number, architecture, instruction pointer, six arguments of 64 bits.
    private static uint Loaded(uint place, uint architecture, uint number, ulong[] arguments)
    {
        if (place is 0 or 4)
        {
            return place == 0 ? number : architecture;
        }

        Assert.True(place is >= 16 and < 64 && place % 4 == 0, $"No place of seccomp_data that is used: {place}.");
        var index = ((int)place - 16) / 8;
        var argument = index < arguments.Length ? arguments[index] : 0;
        return (uint)(place % 8 == 0 ? argument : argument >> 32);
    }
}
