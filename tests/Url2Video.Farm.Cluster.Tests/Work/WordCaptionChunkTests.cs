using System.Collections.Immutable;
using System.Security.Cryptography;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Node.Work;

namespace Url2Video.Farm.Cluster.Tests.Work;

/// <summary>A chunk that begins inside a word, or sees only the scene that the word is said in, has the frames of the whole film.</summary>
public sealed class WordCaptionChunkTests
{
    private const int Width = 640;
    private const int Height = 360;

    /// <summary>Two scenes of 40 and 50 frames; words lie across the second scene's start, and close to each other.</summary>
    private static readonly ImmutableArray<SceneSlot> s_slots =
    [
        new(0, 0, 64_000, 0, 40, 0, 0) { TailFrames = 6 },
        new(1, 64_000, 80_000, 40, 50, 6, 66_000),
    ];

    private static readonly ImmutableArray<CaptionCue> s_captions =
    [
        new(3, 38, [new CaptionWord("First", 3, 20), new CaptionWord("words", 20, 38)]),
        new(44, 88, [new CaptionWord("then", 44, 53), new CaptionWord("the", 53, 57), new CaptionWord("second", 57, 88)]),
    ];

    [Theory]
    [InlineData(CaptionStyle.Karaoke, "30")]
    [InlineData(CaptionStyle.WordPop, "30")]
    [InlineData(CaptionStyle.WordPop, "60")]
    [InlineData(CaptionStyle.WordPop, "30000/1001")]
    public void Chunk_CutInsideAWord_HasTheFramesOfTheWholeFilm(CaptionStyle style, string fps)
    {
        Assert.True(Rational.TryParse(fps, out var rate));
        using var whole = Renderer(style, rate, s_slots);
        var expected = Enumerable.Range(0, 90).Select(f => Hash(whole, f)).ToList();

        // Each cut is a chunk of its own, begun with nothing in memory; from frame 46 on only the second scene is seen.
        foreach (var (from, end) in new[] { (10, 30), (50, 60), (54, 58), (70, 90) })
        {
            var slots = from >= 46 ? s_slots[1..] : s_slots;
            using var chunk = Renderer(style, rate, slots);
            for (var frame = from; frame < end; frame++)
            {
                Assert.True(expected[frame] == Hash(chunk, frame - (int)slots[0].StartFrame), $"frame {frame} of the chunk from {from}");
            }
        }

        Assert.NotEqual(expected[56], expected[57]); // The word changes there.
    }

    /// <summary>Cuts fall inside words and inside the cross-fade (frames 40 to 45).</summary>
    [Theory]
    [InlineData("30")]
    [InlineData("60")]
    [InlineData("30000/1001")]
    public void Film_CutIntoAnyNumberOfChunks_HasTheSameFrames(string fps)
    {
        Assert.True(Rational.TryParse(fps, out var rate));
        using var whole = Renderer(CaptionStyle.Karaoke, rate, s_slots);
        var expected = Enumerable.Range(0, 90).Select(f => Hash(whole, f)).ToList();

        foreach (var chunks in new[] { 2, 8, 30 })
        {
            var made = new List<string>();
            for (var chunk = 0; chunk < chunks; chunk++)
            {
                var (from, end) = (chunk * 90 / chunks, (chunk + 1) * 90 / chunks);
                var slots = from >= 46 ? s_slots[1..] : end <= 40 ? s_slots[..1] : s_slots;
                using var part = Renderer(CaptionStyle.Karaoke, rate, slots);
                made.AddRange(Enumerable.Range(from, end - from).Select(f => Hash(part, f - (int)slots[0].StartFrame)));
            }

            Assert.Equal(expected, made);
        }

        Assert.True(expected.Distinct().Count() > 80, "The film stands still.");
    }

    private static FilmRenderer Renderer(CaptionStyle style, Rational fps, ImmutableArray<SceneSlot> slots) =>
        new(FilmBuilder.Build(BoardOf(style), fps, Width, Height, slots, s_captions), FilmFonts.Shared, new NoPictures());

    private static Storyboard BoardOf(CaptionStyle style) => new(
        "Words", "en", new Canvas(Width, Height, new Rational(30, 1)), new Voice("flite:rms", 100), null, -140, new CaptionLook(CaptionPlacement.Burned, style), Palette.Default,
        [SceneOf("a", 1), SceneOf("b", 2)]);

    private static Scene SceneOf(string id, long seed) => new(
        id, SceneRole.Point, "Words.", [], new Visual.Procedural(Pattern.Waves, seed, null, null), new Transition(Core.Storyboards.TransitionKind.CrossFade, 200), SceneTiming.Default, null);

    private static string Hash(FilmRenderer renderer, long frame)
    {
        using var image = new YuvImage(Width, Height);
        renderer.Compose(frame, image);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var y = 0; y < Height; y++)
        {
            hash.AppendData(image.RowY(y));
        }

        for (var y = 0; y < Height / 2; y++)
        {
            hash.AppendData(image.RowU(y));
            hash.AppendData(image.RowV(y));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private sealed class NoPictures : IPictureSource
    {
        public DecodedPicture Open(string pictureId) => throw new InvalidOperationException("This film has no pictures.");
    }
}
