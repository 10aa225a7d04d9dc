using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Storyboards;

/// <summary>A key that is heard.</summary>
/// <param name="Sample">On the 48 kHz clock, counted from the start of the scene.</param>
public readonly record struct KeyCue(long Sample, KeySound Sound);

/// <summary>When the keys of typed texts are struck: the moment each letter appears, for whoever makes the sound.</summary>
public static class KeyCues
{
    /// <summary>More strokes in one scene are a noise, not keys.</summary>
    public const int PerSceneMax = 2_000;

    /// <summary>The strokes of a scene in order of time. Spaces are typed too.</summary>
    public static ImmutableArray<KeyCue> Of(Scene scene, Rational fps) =>
    [
        .. scene.Texts.SelectMany(t => Of(t, fps)).OrderBy(c => c.Sample).Take(PerSceneMax),
    ];

    private static IEnumerable<KeyCue> Of(TextElement text, Rational fps)
    {
        // A list comes point by point at times that only the plan knows; its points are typed without a sound.
        if (text.Animation is not { Kind: TextAnimationKind.Typewriter, Keys: not KeySound.None } typing || text.Kind == TextKind.Bullets)
        {
            yield break;
        }

        // The text starts with a frame; its letters follow on the clock.
        var frame = SampleClock.FramesIn(TextTimes.MsStartOf(text.Kind) * (long)SampleClock.SamplesPerMilli, fps);
        var start = SampleClock.SamplesAt(frame, fps) + (typing.MsDelay * (long)SampleClock.SamplesPerMilli);
        var struck = 0;
        foreach (var value in text.Values)
        {
            foreach (var _ in Letters(value))
            {
                struck++;
                yield return new KeyCue(start + (struck * 10L * SampleClock.SamplesPerSecond / typing.PerSecondTenths), typing.Keys);
            }
        }
    }

    /// <summary>What is typed with one stroke: grapheme clusters; any stretch of white space between them is one space.</summary>
    internal static IEnumerable<string> Letters(string text)
    {
        var (isGap, isFirst) = (false, true);
        for (var i = 0; i < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text.AsSpan(i));
            var cluster = text.Substring(i, length);
            i += length;
            _ = Rune.DecodeFromUtf16(cluster, out var head, out _);
            if (Rune.IsWhiteSpace(head))
            {
                isGap = !isFirst;
            }
            else if (Rune.GetUnicodeCategory(head) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned))
            {
                if (isGap)
                {
                    yield return " ";
                }

                yield return cluster;
                (isGap, isFirst) = (false, false);
            }
        }
    }
}

/// <summary>When texts come onto the screen.</summary>
public static class TextTimes
{
    /// <summary>Milliseconds after the start of the scene.</summary>
    public static int MsStartOf(TextKind kind) => kind == TextKind.LowerThird ? 600 : 250;
}
