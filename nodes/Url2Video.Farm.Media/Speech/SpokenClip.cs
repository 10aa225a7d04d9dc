using System.Collections.Immutable;

namespace Url2Video.Farm.Media.Speech;

/// <summary>When one word of the <em>source</em> text (not of its spelled-out form) is heard.</summary>
/// <param name="Text">The piece of the source, punctuation included, e.g. <c>$2.5 billion,</c>.</param>
/// <param name="SourceStart">First UTF-16 unit in the source text.</param>
/// <param name="SourceLength">UTF-16 units.</param>
/// <param name="StartSample">On the clip's 48 kHz clock.</param>
/// <param name="EndSample">Exclusive; never before the start, never past the clip.</param>
public readonly record struct WordTime(string Text, int SourceStart, int SourceLength, long StartSample, long EndSample);

/// <summary>The twelve mouth shapes a presenter needs.</summary>
public enum Viseme
{
    Rest,
    Mbp,
    Fv,
    Th,
    Tdn,
    Kgng,
    Chsh,
    R,
    Wuw,
    Ao,
    Aa,
    Eiy,
}

/// <summary>When one sound is heard. Exact for flite; for espeak spread within its measured word.</summary>
/// <param name="Symbol">ARPAbet for flite, IPA for espeak.</param>
public readonly record struct PhoneTime(string Symbol, Viseme Viseme, long StartSample, long EndSample);

/// <summary>Narration as sound, with the times of everything in it.</summary>
/// <param name="Pcm">48 kHz mono signed 16-bit.</param>
/// <param name="Words">In source order; starts never decrease; every speakable word of the source is in exactly one.</param>
/// <param name="Phones">In time order, without gaps of unknown: silence is <c>pau</c>.</param>
public sealed record SpokenClip(short[] Pcm, ImmutableArray<WordTime> Words, ImmutableArray<PhoneTime> Phones)
{
    /// <summary>Length at 48 kHz.</summary>
    public long Samples => Pcm.Length;
}
