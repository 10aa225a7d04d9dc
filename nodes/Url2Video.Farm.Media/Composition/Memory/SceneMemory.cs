using System.Collections.Immutable;

namespace Url2Video.Farm.Media.Composition;

/// <summary>A part of a shot that memory goes to.</summary>
public enum MemoryPlace
{
    /// <summary>Whole frames to draw in, those of a transition among them, and what lies over the whole film.</summary>
    Frames,
    Background,
    Layer,

    /// <summary>Texts, logo, look, effects and plugins.</summary>
    Dress,
}

/// <param name="Index">Of a layer; else 0.</param>
/// <param name="Held">Bytes while the shot is in sight.</param>
/// <param name="Passing">Bytes more while it is made ready: one part after the other is.</param>
/// <param name="Brushes">Of <paramref name="Held"/>: what its brushes take.</param>
public readonly record struct MemoryPart(MemoryPlace Place, int Index, long Held, long Passing, long Brushes = 0);

/// <summary>What the pictures of a shot want at most, before any of them is decoded.</summary>
public sealed record SceneMemory(ImmutableArray<MemoryPart> Parts)
{
    public long Bytes => Held + Passing;

    private long Held => Parts.Sum(p => p.Held);

    private long Passing => Parts.Max(p => p.Passing);

    private long Frames => Parts.Where(p => p.Place == MemoryPlace.Frames).Sum(p => p.Held);

    /// <summary>Both in sight: they draw in the same frames, and one part after the other is made ready.</summary>
    public long With(SceneMemory other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Held + other.Held - Math.Min(Frames, other.Frames) + Math.Max(Passing, other.Passing);
    }

    public MemoryPart Largest => Parts.MaxBy(p => p.Held);
}
