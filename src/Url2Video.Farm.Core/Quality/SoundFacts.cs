namespace Url2Video.Farm.Core.Quality;

/// <summary>What is known of the finished sound.</summary>
/// <param name="LufsHundredths">Integrated.</param>
/// <param name="Measure">Null when the mix was not measured.</param>
public sealed record SoundFacts(int LufsHundredths, int TruePeakDbHundredths, SoundMeasure? Measure);
