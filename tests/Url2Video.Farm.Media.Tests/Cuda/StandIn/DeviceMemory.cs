using System.Runtime.InteropServices;
using Url2Video.Farm.Media.Tests.Cuda.Ptx;

namespace Url2Video.Farm.Media.Tests.Cuda.StandIn;

/// <summary>
/// The memory of a GPU that is not there: the host's, so that an address means the same to kernels that were compiled for the host. Knows what
/// was allocated to the byte, and keeps a guard around each piece.
/// </summary>
internal sealed unsafe class DeviceMemory : IPtxMemory
{
    private const int GuardBytes = 256;
    private const byte Guard = 0xA5;
    private readonly List<(ulong Address, long Bytes)> _pieces = [];
    private int _last;

    public long BytesHeld => _pieces.Sum(p => p.Bytes);

    public ulong Allocate(long bytes)
    {
        var whole = (nuint)(bytes + (2 * GuardBytes));
        var memory = (byte*)NativeMemory.AlignedAlloc(whole, GuardBytes);
        NativeMemory.Fill(memory, whole, Guard);
        _pieces.Add(((ulong)memory + GuardBytes, bytes));
        return (ulong)memory + GuardBytes;
    }

    /// <returns>False when there is no such piece.</returns>
    public bool Free(ulong address)
    {
        var index = _pieces.FindIndex(p => p.Address == address);
        if (index < 0)
        {
            return false;
        }

        RequireGuards(_pieces[index]);
        NativeMemory.AlignedFree((void*)(address - GuardBytes));
        _pieces.RemoveAt(index);
        return true;
    }

    /// <summary>Whether all of it lies in one piece.</summary>
    public bool Holds(ulong address, ulong bytes)
    {
        if (_last < _pieces.Count && IsIn(_pieces[_last], address, bytes))
        {
            return true;
        }

        _last = Math.Max(0, _pieces.FindIndex(p => IsIn(p, address, bytes)));
        return _last < _pieces.Count && IsIn(_pieces[_last], address, bytes);
    }

    /// <exception cref="InvalidOperationException">Somebody wrote beside a piece.</exception>
    public void RequireGuards() => _pieces.ForEach(RequireGuards);

    public ulong Load(ulong address, int bytes)
    {
        Require(address, bytes);
        return bytes switch { 1 => *(byte*)address, 2 => *(ushort*)address, 4 => *(uint*)address, _ => *(ulong*)address };
    }

    public void Store(ulong address, int bytes, ulong value)
    {
        Require(address, bytes);
        new ReadOnlySpan<byte>(&value, bytes).CopyTo(new Span<byte>((void*)address, bytes)); // Both ends are little.
    }

    private static bool IsIn((ulong Address, long Bytes) piece, ulong address, ulong bytes) =>
        address >= piece.Address && address - piece.Address + bytes <= (ulong)piece.Bytes;

    private void Require(ulong address, int bytes)
    {
        if (address % (ulong)bytes != 0 || !Holds(address, (ulong)bytes))
        {
            throw new InvalidOperationException($"An access of {bytes} bytes at {address:x} is outside of what was allocated, or not on its boundary.");
        }
    }

    private static void RequireGuards((ulong Address, long Bytes) piece)
    {
        var before = new ReadOnlySpan<byte>((void*)(piece.Address - GuardBytes), GuardBytes);
        var after = new ReadOnlySpan<byte>((void*)(piece.Address + (ulong)piece.Bytes), GuardBytes);
        if (before.ContainsAnyExcept(Guard) || after.ContainsAnyExcept(Guard))
        {
            throw new InvalidOperationException($"Somebody wrote beside a buffer of {piece.Bytes} bytes.");
        }
    }
}
