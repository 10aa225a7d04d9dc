using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Captions;

/// <summary>One word as it is read, with the time at which it is heard.</summary>
/// <param name="Text">As in the source, punctuation included; may hold blanks (<c>22 Nov 2026</c>).</param>
/// <param name="StartSample">On the film's 48 kHz clock.</param>
/// <param name="EndSample">Exclusive.</param>
/// <param name="EndsPhrase">True when a new narration begins after it, so a caption must not run on.</param>
public sealed record WordTime(string Text, long StartSample, long EndSample, bool EndsPhrase = false);

/// <summary>What is on screen at once.</summary>
/// <param name="Lines">One or two, without markup.</param>
/// <param name="Words">The words of the lines in order, for word-by-word styles.</param>
public sealed record Cue(long StartSample, long EndSample, ImmutableArray<string> Lines, ImmutableArray<WordTime> Words);
