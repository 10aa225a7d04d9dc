using System.Runtime.InteropServices;
using Url2Video.Farm.Node.Plugins;
using Url2Video.Farm.Node.Workers.Confinement;
using static Url2Video.Farm.Api.Tests.Workers.FilterMachine;

namespace Url2Video.Farm.Api.Tests.Workers;

/// <summary>The filters of workers and plugins, run as the kernel runs them.</summary>
public sealed class SystemCallFilterTests
{
    private const uint Inet = 2, Inet6 = 10, Netlink = 16, Packet = 17, Unix = 1;
    private const uint Self = 4_321;
    private const ulong Path = 0x7F00_0000_1000, OnlyHigh = 0x7F00_0000_0000;

    [Theory]
    [InlineData(Architecture.X64, X64, 41u)]
    [InlineData(Architecture.Arm64, Arm64, 198u)]
    public void Sockets_OnlyUnixOnes_UnlessOnline(Architecture architecture, uint audit, uint socket)
    {
        var (offline, online) = (SystemCallFilter.For(architecture, isOnline: false)!, SystemCallFilter.For(architecture, isOnline: true)!);

        Assert.True(Allows(offline, audit, socket, Unix));
        Assert.All([Inet, Inet6, Netlink, Packet, 0u, 44u], family => Assert.False(Allows(offline, audit, socket, family)));
        Assert.All([Unix, Inet, Inet6], family => Assert.True(Allows(online, audit, socket, family)));
        Assert.All([Unix, Inet, Inet6], family => Assert.False(Allows(PluginCallFilter.For(architecture, Self)!, audit, socket, family)));
    }

    [Theory]
    [InlineData(Architecture.X64, X64, new uint[] { 101, 163, 164, 165, 166, 167, 169, 227, 272, 308, 310, 321, 323, 425, 442 }, new uint[] { 0, 1, 2, 3, 9, 77, 91, 202, 231, 257, 444, 446 })]
    [InlineData(Architecture.Arm64, Arm64, new uint[] { 117, 40, 39, 89, 97, 112, 142, 170, 224, 268, 270, 280, 282, 425, 442 }, new uint[] { 46, 56, 57, 63, 64, 98, 221, 222, 444, 446 })]
    public void Calls_ThatNobodyNeeds_AreRefusedAndTheOthersNot(Architecture architecture, uint audit, uint[] refused, uint[] allowed)
    {
        foreach (var program in All(architecture))
        {
            Assert.All(refused, n => Assert.Equal(SystemCallProgram.NotPermitted, Run(program, audit, n)));
        }

        Assert.All(allowed, n => Assert.True(Allows(SystemCallFilter.For(architecture, isOnline: false)!, audit, n)));
        Assert.All(allowed.Except([91u]), n => Assert.True(Allows(PluginCallFilter.For(architecture, Self)!, audit, n)));
    }

    /// <summary>truncate, chmod, chown, utime and setxattr with their kin: no Landlock stands before them, or only a newer one.</summary>
    [Theory]
    [InlineData(Architecture.X64, X64, new uint[] { 76, 90, 268, 452, 92, 93, 94, 260, 132, 235, 261, 188, 189, 190, 197, 198, 199, 463, 466, 469 })]
    [InlineData(Architecture.Arm64, Arm64, new uint[] { 45, 53, 452, 54, 55, 5, 6, 7, 14, 15, 16, 463, 466, 469 })]
    public void Attributes_OfFilesByPath_AreRefused(Architecture architecture, uint audit, uint[] refused) => Assert.All(
        All(architecture), program => Assert.All(refused, n => Assert.Equal(SystemCallProgram.NotPermitted, Run(program, audit, n, Path))));

    /// <summary>The store sets mode and time of files that it has open; a plugin has no store.</summary>
    [Theory]
    [InlineData(Architecture.X64, X64, 280u, 91u)]
    [InlineData(Architecture.Arm64, Arm64, 88u, 52u)]
    public void Attributes_OfOpenFiles_AreForWorkersAlone(Architecture architecture, uint audit, uint setTimes, uint changeMode)
    {
        var (worker, plugin) = (SystemCallFilter.For(architecture, isOnline: false)!, PluginCallFilter.For(architecture, Self)!);

        Assert.True(Allows(worker, audit, setTimes, 7, 0, Path));
        Assert.All([Path, OnlyHigh, 1ul], path => Assert.False(Allows(worker, audit, setTimes, 7, path)));
        Assert.All((ulong[])[0x124ul, 0x180, 0x1B4, 0x1B6, 0x1ED], mode => Assert.True(Allows(worker, audit, changeMode, 7, mode)));
        Assert.All((ulong[])[0x9EDul, 0x5ED, 0x3ED], mode => Assert.False(Allows(worker, audit, changeMode, 7, mode)));
        Assert.False(Allows(plugin, audit, setTimes, 7, 0));
        Assert.False(Allows(plugin, audit, changeMode, 7, 0x124));
    }

    /// <summary>Before Linux 6.2 Landlock lets a file that may only be read be emptied by opening it.</summary>
    [Theory]
    [InlineData(Architecture.X64, X64, 2u, 1)]
    [InlineData(Architecture.X64, X64, 257u, 2)]
    [InlineData(Architecture.Arm64, Arm64, 56u, 2)]
    public void Open_ThatEmptiesWithoutWriting_IsRefused(Architecture architecture, uint audit, uint open, int flagsAt)
    {
        foreach (var program in All(architecture))
        {
            Assert.All((ulong[])[0x200ul, 0x203, 0x80200, 0x80243], flags => Assert.False(With(program, flags)));
            Assert.All((ulong[])[0ul, 1, 2, 3, 0x80000, 0x200000, 0x201, 0x202, 0x80241, 0x80242], flags => Assert.True(With(program, flags)));
            Assert.Equal(SystemCallProgram.NoSuchCall, Run(program, audit, 437)); // openat2 has its flags in memory.
        }

        bool With(FilterStep[] program, ulong flags) => Allows(program, audit, open, [.. Enumerable.Repeat(Path, flagsAt), flags]);
    }

    [Theory]
    [InlineData(Architecture.X64, X64, 302u)]
    [InlineData(Architecture.Arm64, Arm64, 261u)]
    public void Bounds_OfOthers_AreRefused(Architecture architecture, uint audit, uint bounds) => Assert.All(All(architecture), program =>
    {
        Assert.True(Allows(program, audit, bounds, 0, 7));
        Assert.All((ulong[])[1ul, Self, 0xFFFF_FFFF, 1ul << 32, ulong.MaxValue], process => Assert.False(Allows(program, audit, bounds, process, 7)));
    });

    [Theory]
    [InlineData(Architecture.X64, X64, 56u)]
    [InlineData(Architecture.Arm64, Arm64, 220u)]
    public void Clone_NewNameSpaces_AreRefusedAndProcessesAreForWorkersAlone(Architecture architecture, uint audit, uint clone)
    {
        const ulong Thread = 0x3D0F00, Fork = 0x1200011, VirtualFork = 0x4111;
        var (worker, plugin) = (SystemCallFilter.For(architecture, isOnline: false)!, PluginCallFilter.For(architecture, Self)!);

        foreach (var program in All(architecture))
        {
            Assert.True(Allows(program, audit, clone, Thread));
            Assert.All(
                (ulong[])[0x2_0000ul, 0x0200_0000, 0x0400_0000, 0x0800_0000, 0x1000_0000, 0x2000_0000, 0x4000_0000],
                space => Assert.All([Thread, Fork, 0ul], flags => Assert.False(Allows(program, audit, clone, flags | space))));
            Assert.Equal(SystemCallProgram.NoSuchCall, Run(program, audit, 435)); // clone3 has its flags in memory; the library falls back.
        }

        Assert.All([Fork, VirtualFork], flags => Assert.True(Allows(worker, audit, clone, flags)));
        Assert.All([Fork, VirtualFork], flags => Assert.False(Allows(plugin, audit, clone, flags)));
    }

    [Theory]
    [InlineData(Architecture.X64, X64, 234u, new uint[] { 57, 58, 62, 200, 129, 297, 424, 29, 30, 64, 68, 240 })]
    [InlineData(Architecture.Arm64, Arm64, 131u, new uint[] { 129, 130, 138, 240, 424, 194, 196, 190, 186, 180 })]
    public void Plugin_SignalsItsOwnThreadsAndLeavesNothingBehind(Architecture architecture, uint audit, uint threadKill, uint[] refused)
    {
        var program = PluginCallFilter.For(architecture, Self)!;

        Assert.True(Allows(program, audit, threadKill, Self, 9));
        Assert.False(Allows(program, audit, threadKill, Self + 1, 9));
        Assert.All(refused, n => Assert.False(Allows(program, audit, n)));
    }

    [Fact]
    public void OtherTables_AreRefusedWhole()
    {
        foreach (var program in All(Architecture.X64))
        {
            Assert.All(Enumerable.Range(0, 500), n => Assert.False(Allows(program, 0x40000003, (uint)n))); // 32-bit programs have other numbers.
            Assert.All(Enumerable.Range(0, 500), n => Assert.False(Allows(program, X64, 0x40000000 + (uint)n)));
        }

        Assert.Null(SystemCallFilter.For(Architecture.S390x, isOnline: false));
        Assert.Null(PluginCallFilter.For(Architecture.S390x, Self));
    }

    private static FilterStep[][] All(Architecture architecture) =>
        [SystemCallFilter.For(architecture, isOnline: false)!, SystemCallFilter.For(architecture, isOnline: true)!, PluginCallFilter.For(architecture, Self)!];
}
