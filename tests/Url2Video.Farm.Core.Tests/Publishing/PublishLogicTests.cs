using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Packaging;
using Url2Video.Farm.Core.Publishing;

namespace Url2Video.Farm.Core.Tests.Publishing;

public sealed class PublishLogicTests
{
    [Fact]
    public void Decide_ChunksOutOfOrder_AreWrittenInOrder()
    {
        var film = new Results(3);
        var state = PublishState.Start(film.Spec);

        (state, var late) = PublishLogic.Decide(state, film.Audio(), film.Chunk(1), film.Chunk(2));
        Assert.Empty(late);

        (state, var effects) = PublishLogic.Decide(state, film.Chunk(0));
        var segments = effects.OfType<PublishEffect.PutArtifact>().Select(p => p.Path).Where(p => p.StartsWith("media/720p/0", StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(0, 6).Select(i => PackageLayout.Segment("720p", i)), segments);
        Assert.Equal(new PublishEffect.Published(3), effects[^2]);
        Assert.IsType<PublishEffect.Completed>(effects[^1]);
        Assert.True(state.IsComplete);
    }

    [Fact]
    public void Decide_BeforeTheSoundIsThere_WritesFilesButNamesNothing()
    {
        var film = new Results(2);

        var (state, effects) = PublishLogic.Decide(PublishState.Start(film.Spec), film.Chunk(0));
        Assert.NotEmpty(effects.OfType<PublishEffect.PutArtifact>());
        Assert.Empty(effects.OfType<PublishEffect.PutText>());
        Assert.Equal(new PublishEffect.Published(1), effects[^1]);

        (_, effects) = PublishLogic.Decide(state, film.Audio());
        Assert.Equal(
            ["hls/720p.m3u8", "hls/480p.m3u8", "hls/audio.m3u8", "hls/master.m3u8"],
            effects.OfType<PublishEffect.PutText>().Select(p => p.Path));
    }

    [Fact]
    public void Decide_TheFirstChunk_IsPlayableBeforeTheOthersExist()
    {
        var film = new Results(3);
        var (_, effects) = PublishLogic.Decide(PublishState.Start(film.Spec), film.Audio(), film.Chunk(0));

        var list = Text(effects, "hls/audio.m3u8");
        Assert.Contains("#EXT-X-PLAYLIST-TYPE:EVENT", list, StringComparison.Ordinal);
        Assert.EndsWith("../media/audio/00002.m4s\n", list, StringComparison.Ordinal);
        Assert.DoesNotContain(effects.OfType<PublishEffect.PutText>(), p => p.Path == PackageLayout.DashManifest);
    }

    [Fact]
    public void Decide_CaptionsLast_CompleteThePackage()
    {
        var film = new Results(1, hasCaptions: true);
        var (state, effects) = PublishLogic.Decide(PublishState.Start(film.Spec), film.Chunk(0), film.Audio());
        Assert.DoesNotContain("SUBTITLES", Text(effects, PackageLayout.HlsMaster), StringComparison.Ordinal);
        Assert.False(state.IsComplete);

        (state, effects) = PublishLogic.Decide(state, Results.Captions());
        Assert.Contains("TYPE=SUBTITLES", Text(effects, PackageLayout.HlsMaster), StringComparison.Ordinal);
        Assert.True(state.IsComplete);

        Assert.Empty(PublishLogic.Decide(state, [.. film.All()]).Effects);
    }

    [Fact]
    public void Decide_MpegOnly_WritesNothingButReportsProgress()
    {
        var film = new Results(2, OutputFormats.Mp4);
        var (state, effects) = PublishLogic.Decide(PublishState.Start(film.Spec), [.. film.All()]);

        Assert.Equal([new PublishEffect.Published(2), new PublishEffect.Completed()], effects.AsEnumerable());
        Assert.True(state.IsComplete);
    }

    [Fact]
    public void Decide_ChunkOfOtherParameterSets_IsRefusedAndItsSuccessorTaken()
    {
        var film = new Results(2);
        var (state, _) = PublishLogic.Decide(PublishState.Start(film.Spec), film.Audio(), film.Chunk(0));

        (state, var effects) = PublishLogic.Decide(state, film.Foreign(1));
        var refused = Assert.IsType<PublishEffect.Refused>(Assert.Single(effects));
        Assert.Equal((1, ErrorCodes.MediaFailed), (refused.Chunk, refused.Error.Code));

        Assert.True(PublishLogic.Decide(state, film.Chunk(1)).State.IsComplete);
    }

    [Fact]
    public void Decide_ResultsThatDoNotFitThePlan_AreRefused()
    {
        var film = new Results(2);
        var (chunk, audio) = (film.Chunk(0), film.Audio().Audio);
        var rung = chunk.Rungs[0];
        PublishInput[] wrong =
        [
            chunk with { Chunk = 2 },
            chunk with { Chunk = -1 },
            chunk with { Rungs = [rung] },
            chunk with { Rungs = default },
            chunk with { Rungs = [chunk.Rungs[1], rung] },
            chunk with { Rungs = chunk.Rungs.SetItem(0, rung with { Codecs = "avc1\"\n#EXT" }) },
            chunk with { Rungs = chunk.Rungs.SetItem(0, rung with { Segments = rung.Segments.RemoveAt(1) }) },
            chunk with { Rungs = chunk.Rungs.SetItem(0, rung with { Segments = rung.Segments.SetItem(1, rung.Segments[1] with { Frames = 63 }) }) },
            chunk with { Rungs = chunk.Rungs.SetItem(0, rung with { Segments = rung.Segments.SetItem(1, rung.Segments[0]) }) },
            new PublishInput.AudioReady(audio with { Segments = audio.Segments.RemoveAt(0) }),
            new PublishInput.AudioReady(audio with { Segments = audio.Segments.SetItem(0, audio.Segments[0] with { Frames = 100 }) }),
        ];

        Assert.All(wrong, input =>
        {
            var (state, effects) = PublishLogic.Decide(PublishState.Start(film.Spec), input);
            Assert.IsType<PublishEffect.Refused>(Assert.Single(effects));
            Assert.Empty(state.Waiting);
        });
    }

    [Fact]
    public void Decide_AnyOrderAndRepetition_NeverShowsAHalfTruth_AndEndsTheSame()
    {
        var film = new Results(5, hasCaptions: true);
        var undisturbed = Run(film, [.. film.All()]);
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var inputs = film.All().Concat(film.All().Take(3)).ToArray();
            random.Shuffle(inputs);
            var folder = new ViewedFolder();
            var state = PublishState.Start(film.Spec);
            foreach (var input in inputs)
            {
                (state, var effects) = PublishLogic.Decide(state, input);
                Assert.All(effects, folder.Apply);
            }

            Assert.Equal(undisturbed, folder.Files);
        }
    }

    /// <summary>Killed between any two writes and started afresh with what had been finished by then: the same folder, and never a shrinking list.</summary>
    [Fact]
    public void Decide_AfterADeathBetweenAnyTwoWrites_ReachesTheSameFolder()
    {
        var film = new Results(4, hasCaptions: true);
        PublishInput[] inputs = [film.Chunk(1), film.Chunk(0), film.Audio(), film.Chunk(3), film.Chunk(2), Results.Captions()];
        var undisturbed = Run(film, inputs);
        var writes = 0;
        for (var isWhole = false; !isWhole; writes++)
        {
            var folder = new ViewedFolder();
            var given = RunUntil(film, inputs, folder, writes, out isWhole);

            var (state, effects) = PublishLogic.Decide(PublishState.Start(film.Spec), inputs.AsSpan(0, given));
            Assert.All(effects, folder.Apply);
            (_, effects) = PublishLogic.Decide(state, inputs.AsSpan(given));
            Assert.All(effects, folder.Apply);

            Assert.Equal(undisturbed, folder.Files);
        }

        Assert.True(writes > 40, $"{writes}");
    }

    [Fact]
    public void Decide_ALongFilmChunkByChunk_WritesTextInProportionToIt()
    {
        var film = new Results(1_000);
        var state = PublishLogic.Decide(PublishState.Start(film.Spec), film.Audio()).State;
        var (written, final) = (0L, 0L);
        foreach (var chunk in film.Plan.Chunks)
        {
            (state, var effects) = PublishLogic.Decide(state, film.Chunk(chunk.Index));
            final = effects.OfType<PublishEffect.PutText>().Sum(p => (long)p.Text.Length);
            written += final;
        }

        Assert.True(state.IsComplete);
        Assert.InRange(written, final, final * 100);
    }

    private static IReadOnlyDictionary<string, string> Run(Results film, PublishInput[] inputs)
    {
        var folder = new ViewedFolder();
        RunUntil(film, inputs, folder, int.MaxValue, out _);
        return folder.Files;
    }

    // Gives the inputs one by one and stops after so many writes; tells how many inputs had been given.
    private static int RunUntil(Results film, PublishInput[] inputs, ViewedFolder folder, int writesMax, out bool isWhole)
    {
        isWhole = false;
        var state = PublishState.Start(film.Spec);
        for (var given = 0; given < inputs.Length; given++)
        {
            (state, var effects) = PublishLogic.Decide(state, inputs[given]);
            foreach (var effect in effects.Where(e => e is PublishEffect.PutArtifact or PublishEffect.PutText))
            {
                if (writesMax-- == 0)
                {
                    return given + 1;
                }

                folder.Apply(effect);
            }
        }

        isWhole = true;
        return inputs.Length;
    }

    private static string Text(ImmutableArray<PublishEffect> effects, string path) =>
        effects.OfType<PublishEffect.PutText>().Single(p => p.Path == path).Text;
}
