using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <param name="Offset">Of the sample's bytes in the file.</param>
/// <param name="Duration">Ticks.</param>
/// <param name="Composition">Ticks, added to the decoding time.</param>
internal readonly record struct FragmentSample(long Offset, uint Bytes, uint Duration, uint Flags, long Composition);

/// <summary>What a media segment says, whoever wrote it: one or more pairs of moof and mdat.</summary>
/// <param name="Numbers">mfhd of every moof.</param>
/// <param name="DecodeTime">Of the first moof.</param>
/// <param name="Faults">What is not as it should be, but can be read.</param>
internal sealed record Fragment(
    ImmutableArray<uint> Numbers, ulong DecodeTime, ImmutableArray<FragmentSample> Samples, ImmutableArray<string> Brands, ImmutableArray<(LintRule Rule, string What)> Faults);
