using System.Buffers.Binary;

namespace Url2Video.Farm.Media.Audio;

/// <summary>All narrations of a film as one mono signal, read block by block in order of time.</summary>
internal sealed class SpeechTrack(IEnumerable<SpeechPlacement> placements) : IDisposable
{
    /// <summary>Speech samples have 16 bits, the mix 24.</summary>
    private const int Shift = 8;
    private readonly Queue<SpeechPlacement> _waiting = new(placements.OrderBy(p => p.StartSample));
    private readonly List<(SpeechPlacement Placement, Stream Stream)> _open = [];
    private readonly byte[] _bytes = new byte[sizeof(short) * ScratchSamples.BlockFrames];

    /// <summary>Adds what is said from <paramref name="at"/> on.</summary>
    /// <param name="mono">At most <see cref="ScratchSamples.BlockFrames"/>; blocks follow each other.</param>
    internal void AddTo(Span<int> mono, long at)
    {
        var end = at + mono.Length;
        while (_waiting.TryPeek(out var next) && next.StartSample < end)
        {
            Open(_waiting.Dequeue(), at);
        }

        for (var i = _open.Count - 1; i >= 0; i--)
        {
            var (placement, stream) = _open[i];
            var from = (int)(Math.Max(placement.StartSample, at) - at);
            var until = (int)(Math.Min(placement.StartSample + placement.Clip.Samples, end) - at);
            Add(mono, stream, from, until);
            if (placement.StartSample + placement.Clip.Samples <= end)
            {
                stream.Dispose();
                _open.RemoveAt(i);
            }
        }
    }

    public void Dispose() => _open.ForEach(o => o.Stream.Dispose());

    private void Open(SpeechPlacement placement, long at)
    {
        var skipped = Math.Max(0, at - placement.StartSample);
        if (skipped >= placement.Clip.Samples)
        {
            return;
        }

        var stream = placement.Clip.Open();
        stream.Position += skipped * sizeof(short);
        _open.Add((placement, stream));
    }

    private void Add(Span<int> mono, Stream stream, int from, int until)
    {
        var bytes = _bytes.AsSpan(0, sizeof(short) * Math.Max(0, until - from));
        stream.ReadExactly(bytes);
        for (var frame = from; frame < until; frame++)
        {
            mono[frame] += BinaryPrimitives.ReadInt16LittleEndian(bytes[(sizeof(short) * (frame - from))..]) << Shift;
        }
    }
}
