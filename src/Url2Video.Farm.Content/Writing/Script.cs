using System.Collections.Immutable;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Content.Writing;

/// <summary>One scene's words, before anybody thought of pictures.</summary>
/// <param name="Sentences">The source sentences behind the words; empty for words that come from metadata.</param>
/// <param name="Block">Where on the page the scene stands; −1 for none.</param>
/// <param name="Shown">Text for the screen, decided with the words where only they know (a price, a title); empty to let it be
/// derived.</param>
internal sealed record Beat(
    SceneRole Role, string Say, ImmutableArray<Sentence> Sentences, int Block, int Section, ImmutableArray<TextElement> Shown);

/// <summary>Lengths of scenes and films, in milliseconds of the estimate of <see cref="SpokenLength"/>.</summary>
internal static class Pace
{
    public const int SceneMsMin = 3_000;

    public const int SceneMsMax = 8_000;

    /// <summary>A scene that cannot be cut is still shown up to here.</summary>
    public const int SceneMsHardMax = 13_000;

    /// <summary>Lead and tail of a scene that stands alone.</summary>
    public static int MsAround { get; } = SceneTiming.Default.MsLead + SceneTiming.Default.MsTail;

    /// <summary>Speech that fills the shortest scene, and the longest.</summary>
    public static int SpeechMsMin { get; } = SceneMsMin - MsAround;

    public static int SpeechMsMax { get; } = SceneMsMax - MsAround;

    /// <summary>A film whose estimate is this near to the wanted length is as long as wanted.</summary>
    public const int OffPercentMax = 12;

    /// <summary>Nearer than this to a wanted length is as good as there: better sentences are worth more than tenths of a second.</summary>
    public static int MsOffMin(long millis) => (int)Math.Max(700, millis * 3 / 100);

    /// <summary>30 to 75 seconds, by how much there is to tell.</summary>
    public static int SecondsFor(int sourceWords) => Math.Clamp(30 + sourceWords / 20, 30, 75);
}
