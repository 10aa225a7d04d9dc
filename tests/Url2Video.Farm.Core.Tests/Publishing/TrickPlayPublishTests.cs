using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Packaging;
using Url2Video.Farm.Core.Packaging.TrickPlay;
using Url2Video.Farm.Core.Publishing;
using static Url2Video.Farm.Core.Tests.Planning.Films;

namespace Url2Video.Farm.Core.Tests.Publishing;

/// <summary>I-frames and sheets appear with the complete film, before the playlists that name them, and are not waited for in vain.</summary>
public sealed class TrickPlayPublishTests
{
    private static readonly Results s_film = new(30);

    private static readonly PublishSpec s_spec = s_film.Spec with { TrickPlay = TrickPlayKinds.All };

    private static TrickPlayFiles Files { get; } = FilesOf(s_spec);

    [Fact]
    public void Decide_FilmWithoutItsTrickPlay_IsNotComplete_UntilItComes()
    {
        var (state, effects) = PublishLogic.Decide(PublishState.Start(s_spec), [.. s_film.All()]);
        Assert.False(state.IsComplete);
        Assert.DoesNotContain("I-FRAME", Text(effects, PackageLayout.HlsMaster), StringComparison.Ordinal);

        (state, effects) = PublishLogic.Decide(state, new PublishInput.TrickPlayReady(Files));

        Assert.True(state.IsComplete);
        Assert.Contains("#EXT-X-I-FRAME-STREAM-INF", Text(effects, PackageLayout.HlsMaster), StringComparison.Ordinal);
        Assert.Contains("#EXT-X-IMAGE-STREAM-INF", Text(effects, PackageLayout.HlsMaster), StringComparison.Ordinal);
        Assert.Contains("thumbnail_tile", Text(effects, PackageLayout.DashManifest), StringComparison.Ordinal);
        Assert.Equal(
            [PackageLayout.IFramesFile, PackageLayout.Sheet(0), PackageLayout.Sheet(1), PackageLayout.Sheet(2)],
            effects.TakeWhile(e => e is PublishEffect.PutArtifact).Cast<PublishEffect.PutArtifact>().Select(p => p.Path));
        Assert.Empty(PublishLogic.Decide(state, new PublishInput.TrickPlayReady(Files)).Effects);
    }

    [Fact]
    public void Decide_NodeThatMadeNoTrickPlay_CompletesTheFilmWithout()
    {
        var (state, effects) = PublishLogic.Decide(PublishState.Start(s_spec), [.. s_film.All(), new PublishInput.TrickPlayReady(null)]);

        Assert.True(state.IsComplete);
        Assert.DoesNotContain("I-FRAME", Text(effects, PackageLayout.HlsMaster), StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_FilmThatWantsNone_ShowsNoneAndDoesNotWait()
    {
        var (state, effects) = PublishLogic.Decide(PublishState.Start(s_film.Spec), [new PublishInput.TrickPlayReady(Files), .. s_film.All()]);

        Assert.True(state.IsComplete);
        Assert.DoesNotContain(effects.OfType<PublishEffect.PutArtifact>(), p => p.Path == PackageLayout.IFramesFile);
    }

    [Theory]
    [InlineData(TrickPlayKinds.IFrames, true, false)]
    [InlineData(TrickPlayKinds.Thumbnails, false, true)]
    public void Decide_NodeThatMadeMoreThanWasOrdered_NamesOnlyWhatWillBeKept(TrickPlayKinds ordered, bool hasIFrames, bool hasSheets)
    {
        var spec = s_film.Spec with { TrickPlay = ordered };
        var effects = PublishLogic.Decide(PublishState.Start(spec), [.. s_film.All(), new PublishInput.TrickPlayReady(Files)]).Effects;

        Assert.Equal(hasIFrames, Text(effects, PackageLayout.HlsMaster).Contains("I-FRAME", StringComparison.Ordinal));
        Assert.Equal(hasSheets, Text(effects, PackageLayout.HlsMaster).Contains("IMAGE-STREAM", StringComparison.Ordinal));
        Assert.Subset(PackageContents.Of(spec).ToHashSet(), effects.OfType<PublishEffect.PutArtifact>().Select(p => p.Path).ToHashSet());
    }

    [Fact]
    public void Decide_EveryOrderOfInputs_EndsWithExactlyTheFilesOfThePackage()
    {
        PublishInput[] inputs = [.. s_film.All(), new PublishInput.TrickPlayReady(Files)];
        for (var seed = 0; seed < 20; seed++)
        {
            new Random(seed).Shuffle(inputs);
            var folder = new ViewedFolder();
            var state = PublishState.Start(s_spec);
            foreach (var input in inputs)
            {
                (state, var effects) = PublishLogic.Decide(state, input);
                Assert.All(effects, folder.Apply);
            }

            Assert.Equal(PackageContents.Of(s_spec).Order(StringComparer.Ordinal), folder.Files.Keys.Order(StringComparer.Ordinal));
            Assert.All(folder.Files.Keys, path => Assert.True(PackageContents.IsPackageFile(path), path));
        }
    }

    [Fact]
    public void Decide_TrickPlayThatDoesNotFitThePlan_IsRefused()
    {
        var (track, small) = (Files.IFrames!, Files.Thumbnails!);
        TrickPlayFiles[] wrong =
        [
            new(track with { Codecs = "avc1\"\n#EXT" }, small),
            new(track with { Bytes = track.Bytes.RemoveAt(0) }, small),
            new(track with { Bytes = default }, small),
            new(track with { Bytes = track.Bytes.SetItem(0, track.Bytes[0] + 1) }, small),
            new(track with { Bytes = track.Bytes.SetItem(0, 0) }, small),
            new(track with { InitBytes = 0 }, small),
            new(track with { Width = 0 }, small),
            new(track, small with { Sheets = small.Sheets.RemoveAt(2) }),
            new(track, small with { Sheets = default }),
            new(track, small with { Sheets = small.Sheets.SetItem(1, Artifact("empty", 0)) }),
            new(track, small with { Width = 5_000 }),
        ];

        Assert.All(wrong, files =>
        {
            var refused = Assert.IsType<PublishEffect.Refused>(Assert.Single(PublishLogic.Decide(PublishState.Start(s_spec), new PublishInput.TrickPlayReady(files)).Effects));
            Assert.Equal(ErrorCodes.MediaFailed, refused.Error.Code);
        });
    }

    [Theory]
    [InlineData(OutputFormats.Hls, TrickPlayKinds.None, TrickPlayKinds.All)]
    [InlineData(OutputFormats.Hls | OutputFormats.Dash, TrickPlayKinds.IFrames, TrickPlayKinds.Thumbnails)]
    [InlineData(OutputFormats.Dash, TrickPlayKinds.None, TrickPlayKinds.Thumbnails)]
    [InlineData(OutputFormats.Dash, TrickPlayKinds.Thumbnails, TrickPlayKinds.None)]
    [InlineData(OutputFormats.Mp4, TrickPlayKinds.None, TrickPlayKinds.None)]
    public void Wanted_IsWhatThePackageCanName_ApartFromWhatTheOrderLeavesOut(OutputFormats formats, TrickPlayKinds without, TrickPlayKinds expected)
    {
        var request = Simulation.SimFilm.Request(1, 1, direct: true) with { Formats = formats, Encoding = new EncodingWishes { WithoutTrickPlay = without } };

        Assert.Equal(expected, TrickPlayWishes.WantedOf(request));
    }

    internal static TrickPlayFiles FilesOf(PublishSpec spec)
    {
        var (frames, fps) = (spec.Plan.Frames, spec.Plan.Fps);
        var bytes = Enumerable.Repeat(9_000, IFrameGrid.Count(frames, fps)).ToImmutableArray();
        return new(
            new IFrameFile("avc1.64100d", 640, 360, Artifact("iframes", 800 + bytes.Sum()), 800, bytes),
            new ThumbnailFiles(192, 108, [.. Enumerable.Range(0, ThumbnailGrid.Sheets(frames, fps)).Select(i => Artifact($"sheet {i}", 60_000))]));
    }

    private static string Text(ImmutableArray<PublishEffect> effects, string path) =>
        effects.OfType<PublishEffect.PutText>().Single(p => p.Path == path).Text;
}
