using System.Collections.Immutable;
using System.Text;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Node.Work;

namespace Url2Video.Farm.Cluster.Tests.Work;

/// <summary>Which scenes are too large for a worker, and what is said of them.</summary>
public sealed class SceneMemoryCheckTests
{
    private const int Width = 3_840;
    private const int Height = 2_160;

    [Fact]
    public void Require_ScenesThatFitAlone_AreRefusedOnlyWhereOneComesInOverTheOther()
    {
        Require(Board("cut", layers: 2, brushes: 5));
        var error = Assert.Throws<FarmException>(() => Require(Board("crossFade", layers: 2, brushes: 5))).Error;

        Assert.Equal((ErrorCodes.SceneTooLarge, false), (error.Code, error.Retryable));
        Assert.StartsWith("/scenes/1: scene \"second\" wants ", error.Message, StringComparison.Ordinal);
        Assert.Contains("with what the scene takes that it comes in over", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, 5, "/scenes/0/layers/0 with", "most of it for its brushes", "fewer brushes")]
    [InlineData(8, 0, null, null, null)]
    public void Require_LayersOfLargePictures_NamesWhatIsLargest(int layers, int brushes, string? largest, string? why, string? wayOut)
    {
        var fault = Record.Exception(() => Require(Board("cut", layers, brushes)));

        if (largest is null)
        {
            Assert.Null(fault); // Layers at rest in a 4K frame fit, however large their pictures are.
            return;
        }

        var error = Assert.IsType<FarmException>(fault).Error;
        Assert.Contains(largest, error.Message, StringComparison.Ordinal);
        Assert.Contains(why!, error.Message, StringComparison.Ordinal);
        Assert.Contains(wayOut!, error.WayOut, StringComparison.Ordinal);
    }

    /// <summary>What the same scene wants depends on the frame: the refusal's way out is one.</summary>
    [Fact]
    public void Require_SmallerCanvas_Fits() =>
        SceneMemoryCheck.Require(
            Board("cut", layers: 8, brushes: 5), SceneMemoryCheck.SlotsOf(Board("cut", 8, 5)), 1_280, 720, new Rational(30, 1), _ => new PictureFacts(3_840, 2_160, 200_000_000), SceneRoom.Usual);

    /// <summary>What a worker may have decides, not what most have.</summary>
    [Theory]
    [InlineData(4_096, false)]
    [InlineData(8_192, true)]
    [InlineData(0, true)]
    public void Require_WorkersOfOtherMemory_DecideByTheirs(int workerMib, bool fits)
    {
        var board = Board("cut", layers: 5, brushes: 5);

        var fault = Record.Exception(() => Require(board, new SceneRoom(workerMib, OthersMayHaveMore: false)));

        if (fits)
        {
            Assert.Null(fault);
            return;
        }

        var error = Assert.IsType<FarmException>(fault).Error;
        Assert.Contains("2560 are allowed in a worker of 4096.", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("--worker-memory 6144.", error.WayOut, StringComparison.Ordinal);
    }

    /// <summary>Small workers are not given what they would die of.</summary>
    [Fact]
    public void Require_SmallWorker_RefusesWhatTheUsualHolds()
    {
        var board = Board("cut", layers: 2, brushes: 5);
        Require(board);

        Assert.Throws<FarmException>(() => Require(board, new SceneRoom(1_024, OthersMayHaveMore: false)));
    }

    /// <summary>On a farm another node may have room: the refusal of this one is not the end.</summary>
    [Fact]
    public void Require_WhereOthersMayHaveMore_MayBeTriedAgain() => Assert.True(
        Assert.Throws<FarmException>(() => Require(Board("cut", layers: 8, brushes: 5), new SceneRoom(4_096, OthersMayHaveMore: true))).Error.Retryable);

    /// <summary>Each scene needs its own, and what it comes in over.</summary>
    [Fact]
    public void NeedsOf_Scenes_NameTheWorkersThatHaveRoom()
    {
        Assert.Equal([null, "worker.mem.mib>=6144"], NeedsOf(Board("crossFade", layers: 2, brushes: 5)).AsEnumerable());
        Assert.Equal([null, null], NeedsOf(Board("cut", layers: 2, brushes: 5)).AsEnumerable()); // Nodes of older versions hold them.
    }

    /// <summary>What the machine does not have, and what nobody may have, is no way out.</summary>
    [Fact]
    public void Require_WhereMoreMemoryIsNotToBeHad_DoesNotAdviseIt()
    {
        var board = Board("cut", layers: 8, brushes: 5);
        SceneRoom[] rooms = [new(4_096, OthersMayHaveMore: false), new(4_096, OthersMayHaveMore: false) { IsAllThereIs = true }];

        var ways = rooms.Select(room => Assert.Throws<FarmException>(() => Require(board, room)).Error.WayOut!);

        Assert.Equal([true, false], ways.Select(w => w.Contains("--worker-memory", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(4_096, 0, 4_096)] // Nobody knows what the machine has.
    [InlineData(4_096, 16_384, 4_096)]
    [InlineData(65_536, 16_384, 16_384)]
    [InlineData(0, 16_384, 16_384)]
    [InlineData(0, 0, 0)]
    [InlineData(0, 2_000_000, 1_048_576)]
    public void Room_OfAWorker_IsNoMoreThanTheMachineHas(int workerMib, long machineMib, int expected)
    {
        Assert.Equal(expected, SceneRoom.MibOf(workerMib, machineMib * 1024 * 1024));
        Assert.InRange(SceneRoom.MibHere(workerMib), 0, Math.Max(workerMib, SceneRoom.MibHere(0)));
    }

    /// <summary>What lies over the film is there once, whichever scenes are in sight.</summary>
    [Fact]
    public void Reckoning_AMarkAndCaptions_CountOnce()
    {
        var (plain, marked) = (Board("crossFade", layers: 0, brushes: 0), Board("crossFade", layers: 0, brushes: 0) with
        {
            Watermark = new Watermark(Artifact(7), null, Core.Storyboards.MarkAnchor.TopRight, 500, Width: 5_000, 90),
        });

        var (before, after) = (Least(plain), Least(marked));

        // The picture of the mark while it is opened alone is 400 MB and 50.
        Assert.InRange(after - before, 440, 700);
    }

    // The smallest room in which it fits.
    private static int Least(Storyboard board)
    {
        var (low, high) = (1, 1 << 20);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Record.Exception(() => Require(board, new SceneRoom(middle, OthersMayHaveMore: false))) is null ? (low, middle) : (middle + 1, high);
        }

        return low * 5 / 8;
    }

    private static ImmutableArray<string?> NeedsOf(Storyboard board) => SceneMemoryCheck.NeedsOf(
        board, SceneMemoryCheck.SlotsOf(board), Width, Height, new Rational(30, 1), _ => new PictureFacts(7_680, 4_320, 400_000_000));

    private static void Require(Storyboard board, SceneRoom? room = null) => SceneMemoryCheck.Require(
        board, SceneMemoryCheck.SlotsOf(board), Width, Height, new Rational(30, 1), _ => new PictureFacts(7_680, 4_320, 400_000_000), room ?? SceneRoom.Usual);

    private static VisualAsset.Resolved Artifact(int number) => new(new ArtifactRef(new ArtifactId(number.ToString("x64", System.Globalization.CultureInfo.InvariantCulture)), 9));

    private static Storyboard Board(string transition, int layers, int brushes)
    {
        var brush = string.Join(", ", Enumerable.Range(0, brushes).Select(i => $$"""{ "mask": { "shape": "ellipse", "x": 0, "y": 0, "width": 1, "height": 0.{{95 - i}} }, "dx": 0.02 }"""));
        string Layer(int scene, int i) => $$"""
            { "visual": { "kind": "image", "asset": "{{scene}}-{{i}}.png", "alt": "", "brush": [{{brush}}] }{{(brushes == 0 ? "" : """, "keyframes": [{ "atMs": 0, "scale": 1 }, { "atMs": 900, "scale": 2 }]""")}} }
            """;
        string Scene(int scene, string id) => $$"""
            { "id": "{{id}}", "role": "point", "say": "", "visual": { "kind": "solid", "colour": "#101418" }, "transition": { "kind": "{{transition}}" },
              "layers": [{{string.Join(", ", Enumerable.Range(0, layers).Select(i => Layer(scene, i)))}}] }
            """;
        var json = $$"""
            { "schema": "url2video.storyboard/1", "title": "Much", "language": "en", "canvas": { "width": {{Width}}, "height": {{Height}}, "fps": 30 },
              "scenes": [{{Scene(0, "first")}}, {{Scene(1, "second")}}] }
            """;
        var numbers = new Dictionary<string, int>();
        return PictureAssets.Resolve(StoryboardReader.Read(Encoding.UTF8.GetBytes(json)).Require(), (_, asset) =>
        {
            var path = Assert.IsType<VisualAsset.InBundle>(asset).Path;
            numbers.TryAdd(path, numbers.Count);
            return Artifact(numbers[path]);
        });
    }
}
