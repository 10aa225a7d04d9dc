namespace Url2Video.Farm.Media.Composition;

/// <summary>Which part of a clip is shown, and how fast. Times count from its first picture.</summary>
/// <param name="StartMillis">From 0.</param>
/// <param name="EndMillis">The first moment that is not shown; null, or past its end, for the end of the clip.</param>
/// <param name="SpeedThousandths">Above 0; 500 is half as fast.</param>
/// <param name="IsLooped">It begins again when it is over; else its last picture stays.</param>
public sealed record ClipPart(long StartMillis = 0, long? EndMillis = null, int SpeedThousandths = 1_000, bool IsLooped = false);

/// <summary>A clip's own clock: what its container says of the times of its pictures.</summary>
/// <param name="TickNum">A tick is so many…</param>
/// <param name="TickDen">…of these parts of a second.</param>
/// <param name="FirstTick">When its first picture begins.</param>
/// <param name="EndTick">When its last picture ends.</param>
public readonly record struct ClipTimes(int TickNum, int TickDen, long FirstTick, long EndTick);
