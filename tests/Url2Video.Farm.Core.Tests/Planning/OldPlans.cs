using System.Collections.Immutable;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Tests.Planning;

/// <summary>Plans as older versions made them, in numbers: nothing of today works them out.</summary>
internal static class OldPlans
{
    /// <summary>A film that nobody streams, at 30 fps, on a grid of 160 frames.</summary>
    public static ImmutableArray<ChunkSlot> Of550Frames { get; } =
    [
        new(0, [new SegmentSlot(0, 0, 160, 0, 251)]),
        new(1, [new SegmentSlot(1, 160, 160, 251, 250)]),
        new(2, [new SegmentSlot(2, 320, 160, 501, 250)]),
        new(3, [new SegmentSlot(3, 480, 70, 751, 110)]),
    ];
}
