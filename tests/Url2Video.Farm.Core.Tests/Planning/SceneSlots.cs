using System.Collections.Immutable;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Tests.Planning;

/// <summary>Scenes of a film that has no more than lengths.</summary>
internal static class SceneSlots
{
    /// <param name="transition">Frames at the beginning of each scene but the first, at most half of both.</param>
    public static ImmutableArray<SceneSlot> Of(Rational fps, int transition, params ReadOnlySpan<int> frames)
    {
        var slots = ImmutableArray.CreateBuilder<SceneSlot>(frames.Length);
        var start = 0L;
        for (var i = 0; i < frames.Length; i++)
        {
            var over = i == 0 ? 0 : Math.Min(transition, Math.Min(frames[i - 1], frames[i]) / 2);
            slots.Add(new SceneSlot(i, SampleClock.SamplesAt(start, fps), SampleClock.SamplesAt(frames[i], fps), start, frames[i], over, 0));
            start += frames[i];
        }

        return slots.MoveToImmutable();
    }
}
