using System.Runtime.InteropServices;

namespace Url2Video.Farm.Media.Pixels;

/// <summary>
/// Where every output position of one axis reads its source, in two forms: plain taps and weights (rows, and the scalar
/// oracle), and per block of eight outputs the shuffle masks and weights that <see cref="RowKernels.Gather"/> runs on.
/// </summary>
internal sealed unsafe class ResampleAxis : IDisposable
{
    /// <summary>Outputs per block; a block must find its 4 taps of 8 outputs within 16 source bytes.</summary>
    public const int BlockSize = 8;

    /// <summary>The largest step at which eight outputs still fit: 7 · step rounded up, plus 4 taps, within 16.</summary>
    public const long StepMaxQ32 = (long)(1.5 * (1L << 32));

    private readonly int _capacity;
    private readonly ResampleWeights _weights = new();
    private readonly int[] _firstTap;
    private readonly short[] _weight;
    private byte* _memory;

    /// <param name="capacity">The most output positions.</param>
    public ResampleAxis(int capacity)
    {
        _capacity = (capacity + 31) / 32 * 32;
        _firstTap = new int[_capacity];
        _weight = new short[_capacity * 4];

        // Per output: 4 bytes of masks or weights in each of 2 + 2 tables of byte pairs; plus one base per block.
        _memory = (byte*)NativeMemory.AlignedAlloc((nuint)(_capacity * 8) + (nuint)(_capacity / BlockSize * sizeof(int)), 64);
    }

    ~ResampleAxis() => Free();

    public int Count { get; private set; }

    /// <summary>The first source position any output reads, before clamping.</summary>
    public int FirstTap => _firstTap[0];

    /// <summary>One past the last source position any output reads, before clamping.</summary>
    public int EndTap => _firstTap[Count - 1] + 4;

    /// <summary>Shuffle masks for taps 0 and 1, sixteen bytes a block.</summary>
    public byte* MaskLow => _memory;

    /// <summary>Shuffle masks for taps 2 and 3.</summary>
    public byte* MaskHigh => _memory + (_capacity * 2);

    public sbyte* WeightLow => (sbyte*)_memory + (_capacity * 4);

    public sbyte* WeightHigh => (sbyte*)_memory + (_capacity * 6);

    /// <summary>Per block: where its sixteen bytes begin, counted from <see cref="FirstTap"/>.</summary>
    public int* Bases => (int*)(_memory + (_capacity * 8));

    /// <summary>The source position of the first of four taps of output i, before clamping.</summary>
    public int TapOf(int i) => _firstTap[i];

    /// <summary>Four weights of output i, summing to 128; (0, 128, 0, 0) where the pixel itself is meant.</summary>
    public ReadOnlySpan<short> WeightsOf(int i) => _weight.AsSpan(i * 4, 4);

    /// <param name="originQ32">Source position of output 0 (pixel centres at whole numbers).</param>
    /// <param name="stepQ32">Source pixels from one output to the next, above 0, at most <see cref="StepMaxQ32"/>.</param>
    public void Prepare(long originQ32, long stepQ32, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _capacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(stepQ32, StepMaxQ32);
        Count = count;
        _weights.Prepare(stepQ32);
        var table = _weights.Table;
        var padded = (count + 31) / 32 * 32;
        for (var i = 0; i < padded; i++)
        {
            // Rounded to the nearest of 128 phases; outputs past the end repeat the last one and are never shown.
            var position = originQ32 + (Math.Min(i, count - 1) * stepQ32) + (1 << 24);
            var phase = (int)(position >> 25) & 127;
            _firstTap[i] = (int)(position >> 32) - 1;
            table.Slice(phase * 4, 4).CopyTo(_weight.AsSpan(i * 4, 4));
        }
    }

    /// <summary>Derives the block tables; only the horizontal axes need them.</summary>
    public void PrepareBlocks()
    {
        var padded = (Count + 31) / 32 * 32;
        for (var i = 0; i < padded; i++)
        {
            var blockTap = _firstTap[i / BlockSize * BlockSize];
            if (i % BlockSize == 0)
            {
                Bases[i / BlockSize] = blockTap - FirstTap;
            }

            var offset = _firstTap[i] - blockTap;
            var weights = _weight.AsSpan(i * 4, 4);

            // 128 is no signed byte: the pixel itself is asked for twice, at half weight.
            var isCopy = weights[1] == 128;
            MaskLow[2 * i] = (byte)(isCopy ? offset + 1 : offset);
            MaskLow[(2 * i) + 1] = (byte)(offset + 1);
            MaskHigh[2 * i] = (byte)(offset + 2);
            MaskHigh[(2 * i) + 1] = (byte)(offset + 3);
            WeightLow[2 * i] = (sbyte)(isCopy ? 64 : weights[0]);
            WeightLow[(2 * i) + 1] = (sbyte)(isCopy ? 64 : weights[1]);
            WeightHigh[2 * i] = (sbyte)weights[2];
            WeightHigh[(2 * i) + 1] = (sbyte)weights[3];
        }
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
    }
}
