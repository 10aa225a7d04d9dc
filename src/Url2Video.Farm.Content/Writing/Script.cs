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

/// <summary>Lengths of speech. All in words, because only the voice knows seconds.</summary>
internal static class Pace
{
    /// <summary>The house rate of <see cref="Voice.RatePercent"/> 100.</summary>
    public const int WordsPerMinute = 155;

    /// <summary>3 s and 8 s at the house rate.</summary>
    public const int SceneWordsMin = 8;

    public const int SceneWordsMax = 21;

    /// <summary>12 s: a scene that cannot be cut is still shown up to here.</summary>
    public const int SceneWordsHardMax = 31;

    /// <summary>A tenth of a film is silence around the words.</summary>
    public static int WordsFor(int seconds) => seconds * WordsPerMinute * 9 / 600;

    /// <summary>30 to 75 seconds, by how much there is to tell.</summary>
    public static int SecondsFor(int sourceWords) => Math.Clamp(30 + sourceWords / 20, 30, 75);
}
