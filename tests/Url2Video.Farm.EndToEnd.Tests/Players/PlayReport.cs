using System.Collections.Immutable;

namespace Url2Video.Farm.EndToEnd.Tests.Players;

/// <summary>What hls.js and the browser tell of one film played from start to end.</summary>
/// <param name="Version">Of hls.js.</param>
/// <param name="IsEnded">The browser says that the film is over.</param>
/// <param name="Seconds">Where it stood at the end.</param>
/// <param name="Duration">Seconds of the film as the browser sees it.</param>
/// <param name="Levels">Quality levels offered.</param>
/// <param name="LevelsPlayed">The level of each fragment as it was played.</param>
/// <param name="Errors">Everything hls.js or the browser reported, apart from stalls and gaps.</param>
/// <param name="Gaps">Holes in the timeline that the player had to jump over.</param>
/// <param name="Stalls">Times the picture stood still; a busy machine is reason enough.</param>
/// <param name="Reloads">Fragments that were loaded twice because the level changed meanwhile.</param>
/// <param name="FramesShown">Frames that reached the decoder's end, those dropped for lack of time included.</param>
/// <param name="AudioBytes">Bytes of sound that were decoded.</param>
/// <param name="Cues">Captions that were loaded.</param>
/// <param name="Failures">Addresses that the server answered with an error.</param>
public sealed record PlayReport(
    string Version,
    bool IsEnded,
    double Seconds,
    double Duration,
    int Levels,
    ImmutableArray<int> LevelsPlayed,
    int Switches,
    ImmutableArray<string> Errors,
    int Gaps,
    int Stalls,
    int Reloads,
    int FramesShown,
    int FramesDropped,
    long AudioBytes,
    int Cues,
    ImmutableArray<string> Failures);
