using System.Collections.Immutable;
using Url2Video.Farm.Content.Extraction;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Content.Writing;

/// <param name="Score">0..100.</param>
/// <param name="Why">One sentence for the person who edits.</param>
internal sealed record PictureChoice(SourceImage Image, int Score, string Why);

/// <summary>
/// Gives each scene a picture of the page: by how near it stands to the scene's words and what its description shares with them.
/// Every picture is used once before any is used again, never twice in a row, and again only where it stands for words of the page.
/// </summary>
internal static class PictureMatch
{
    /// <summary>A picture that is seen more often than this tells nothing new; a procedural background does less harm.</summary>
    private const int UsesMax = 3;

    /// <summary>A second showing must have a reason.</summary>
    private const int AgainScoreMin = 20;

    /// <returns>One choice per beat, null where no picture is left.</returns>
    public static PictureChoice?[] Choose(
        IReadOnlyList<Beat> beats, ImmutableArray<SourceImage> images, SourceDoc document, string language)
    {
        var choices = new PictureChoice?[beats.Count];
        if (images.IsEmpty)
        {
            return choices;
        }

        var scores = ScoresOf(beats, images, document, language);
        for (var use = 0; use < UsesMax && choices.Any(c => c is null); use++)
        {
            var free = Enumerable.Range(0, images.Length).ToHashSet();
            var pairs =
                from beat in Enumerable.Range(0, beats.Count)
                from image in free
                where choices[beat] is null
                orderby scores[beat, image].Score descending, beat, image
                select (beat, image);
            foreach (var (beat, image) in pairs.ToList())
            {
                if (choices[beat] is null && (use == 0 || (beats[beat].Block >= 0 && scores[beat, image].Score >= AgainScoreMin))
                    && free.Contains(image) && !IsNeighbour(choices, beat, images[image]))
                {
                    var (score, why) = scores[beat, image];
                    choices[beat] = new PictureChoice(
                        images[image], score, use == 0 ? why : $"{why} Shown again: every picture of the page is used.");
                    free.Remove(image);
                }
            }
        }

        return choices;
    }

    private static bool IsNeighbour(PictureChoice?[] choices, int beat, SourceImage image) =>
        (beat > 0 && choices[beat - 1]?.Image.Artifact == image.Artifact)
            || (beat + 1 < choices.Length && choices[beat + 1]?.Image.Artifact == image.Artifact);

    private static (int Score, string Why)[,] ScoresOf(
        IReadOnlyList<Beat> beats, ImmutableArray<SourceImage> images, SourceDoc document, string language)
    {
        var scores = new (int, string)[beats.Count, images.Length];
        var topics = images.Select(i => Sentence.TopicOf($"{i.Alt} {i.Caption}", language)).ToList();
        var lead = images.Min(i => (i.Rank, i.Block));
        for (var beat = 0; beat < beats.Count; beat++)
        {
            var words = Sentence.TopicOf(string.Join(' ', beats[beat].Sentences.Select(s => s.Text).Append(beats[beat].Say)), language);
            for (var image = 0; image < images.Length; image++)
            {
                var shared = words.Where(topics[image].Contains).Order(StringComparer.Ordinal).Take(4).ToList();
                var isLead = (images[image].Rank, images[image].Block) == lead;
                scores[beat, image] = ScoreOf(beats[beat], images[image], shared, isLead, document);
            }
        }

        return scores;
    }

    private static (int Score, string Why) ScoreOf(Beat beat, SourceImage image, List<string> shared, bool isLead, SourceDoc document)
    {
        var overlap = Math.Min(3, shared.Count) * 12;
        var described = shared.Count == 0 ? "" : $" Its description shares: {string.Join(", ", shared)}.";
        if (beat.Role is SceneRole.Title && isLead)
        {
            return (90, $"The first picture of the page opens the film.{described}");
        }

        if (image.Rank > 0 || beat.Block < 0)
        {
            return (14 + overlap - image.Rank * 2, $"A picture of the page without a place near these words.{described}");
        }

        var at = Math.Max(0, image.Block); // Before the first block is beside it.
        var distance = Math.Abs(at - beat.Block);
        var isSameSection = document.Blocks[at].Section == beat.Section;
        var score = 40 * 4 / (4 + distance) + (isSameSection ? 20 : 0) + overlap;
        var place = distance switch { 0 => "Stands beside these words", 1 => "Stands one block away", _ => $"Stands {distance} blocks away" };
        return (Math.Min(100, score), $"{place}{(isSameSection ? ", in the same section" : "")}.{described}");
    }
}
