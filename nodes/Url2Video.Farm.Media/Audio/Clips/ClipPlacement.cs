namespace Url2Video.Farm.Media.Audio.Clips;

/// <summary>The sound of one clip on the film's clock.</summary>
/// <param name="StartSample">48 kHz.</param>
/// <param name="Samples">How long it is heard at most.</param>
/// <param name="FadeInSamples">Inside <paramref name="Samples"/>; ends that are cut are faded a little all the same.</param>
/// <param name="FadeOutSamples">Likewise.</param>
public sealed record ClipPlacement(ClipTrack Track, long StartSample, long Samples, int GainDecibelHundredths, int FadeInSamples, int FadeOutSamples);
