using System.Runtime.InteropServices;
using Url2Video.Farm.Node.Workers.Confinement;

namespace Url2Video.Farm.Api.Tests.Workers;

/// <summary>The filter's program, run as the kernel runs it.</summary>
public sealed class SystemCallFilterTests
{
    private const uint X64 = 0xC000003E, Arm64 = 0xC00000B7;
    private const uint Inet = 2, Inet6 = 10, Netlink = 16, Packet = 17, Unix = 1;

    [Theory]
    [InlineData(Architecture.X64, X64, 41u)]
    [InlineData(Architecture.Arm64, Arm64, 198u)]
    public void Sockets_OnlyUnixOnes_UnlessOnline(Architecture architecture, uint audit, uint socket)
    {
        var (offline, online) = (SystemCallFilter.For(architecture, isOnline: false)!, SystemCallFilter.For(architecture, isOnline: true)!);

        Assert.True(IsAllowed(offline, audit, socket, Unix));
        Assert.All([Inet, Inet6, Netlink, Packet, 0u, 44u], family => Assert.False(IsAllowed(offline, audit, socket, family)));
        Assert.All([Unix, Inet, Inet6], family => Assert.True(IsAllowed(online, audit, socket, family)));
    }

    [Theory]
    [InlineData(Architecture.X64, X64, new uint[] { 101, 165, 166, 272, 308, 310, 321, 323, 425, 442 }, new uint[] { 0, 1, 2, 3, 9, 56, 59, 202, 231, 257, 435, 444, 446 })]
    [InlineData(Architecture.Arm64, Arm64, new uint[] { 117, 40, 39, 97, 268, 270, 280, 282, 425, 442 }, new uint[] { 56, 57, 63, 64, 98, 220, 221, 222, 435, 444, 446 })]
    public void Calls_ThatCodecsNeverNeed_AreRefusedAndTheOthersNot(Architecture architecture, uint audit, uint[] refused, uint[] allowed)
    {
        foreach (var isOnline in (bool[])[false, true])
        {
            var program = SystemCallFilter.For(architecture, isOnline)!;

            Assert.All(refused, n => Assert.False(IsAllowed(program, audit, n, 0)));
            Assert.All(allowed, n => Assert.True(IsAllowed(program, audit, n, 0)));
        }
    }

    [Fact]
    public void OtherTables_AreRefusedWhole()
    {
        var program = SystemCallFilter.For(Architecture.X64, isOnline: true)!;

        Assert.All(Enumerable.Range(0, 500), n => Assert.False(IsAllowed(program, 0x40000003, (uint)n, 0))); // 32-bit programs have other numbers.
        Assert.All(Enumerable.Range(0, 500), n => Assert.False(IsAllowed(program, X64, 0x40000000 + (uint)n, 0)));
        Assert.Null(SystemCallFilter.For(Architecture.S390x, isOnline: false));
    }

    private static bool IsAllowed(FilterStep[] program, uint architecture, uint number, uint argument)
    {
        uint value = 0;
        for (var at = 0; ; at++)
        {
            var step = program[at];
            switch (step.Code)
            {
                case 0x20:
                    value = step.Value switch { 0 => number, 4 => architecture, 16 => argument, _ => throw new InvalidOperationException("Not a place of seccomp_data that is used.") };
                    break;
                case 0x15:
                    at += value == step.Value ? step.IfTrue : step.IfFalse;
                    break;
                case 0x35:
                    at += value >= step.Value ? step.IfTrue : step.IfFalse;
                    break;
                case 0x06:
                    Assert.True(step.Value is 0x7FFF0000 or 0x00050001);
                    return step.Value == 0x7FFF0000;
                default:
                    throw new InvalidOperationException($"Step {at} is none.");
            }
        }
    }
}
