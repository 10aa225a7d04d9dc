using System.Collections.Immutable;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Outputs;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Node;
using Url2Video.Farm.Node.Work;

namespace Url2Video.Farm.Bench;

/// <summary>The finished frames of a silent film as its render composed them, raw (yuv420p): what another encoder must be given for a fair comparison.</summary>
internal static class FramesBench
{
    /// <param name="storyboard">As the render put it beside the film, its pictures named by hash.</param>
    /// <param name="data">The folder that the render was given as <c>--data</c>.</param>
    public static int Run(string storyboard, string data, string output)
    {
        var board = StoryboardReader.Read(File.ReadAllBytes(storyboard)).Require();
        var facts = StoryboardDigest.FactsOf(board);
        var planned = FilmPlanner.Plan(facts, [.. facts.Scenes.Select(_ => (SceneSpeech?)null)], [], OutputFormats.Mp4, EncodingWishes.Customary);
        if (!planned.IsOk)
        {
            Console.Error.WriteLine(planned.Error.Message);
            return 2;
        }

        var plan = planned.Value;
        var film = FilmBuilder.Build(board, plan.Fps, plan.Width, plan.Height, plan.Scenes, []);
        var context = new WorkContext(default, new ArtifactStore(Path.Combine(data, "artifacts")), data, new Progress<WorkProgress>(), CancellationToken.None);
        using var renderer = new FilmRenderer(film, FilmFonts.Shared, new ArtifactPictures(context, plan.Width, plan.Height, PicturesOf.Scenes(board, plan.Scenes)));
        using var frame = new YuvImage(plan.Width, plan.Height);
        using var stream = new FileStream(output, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        for (var i = 0L; i < plan.Frames; i++)
        {
            renderer.Compose(i, frame);
            RawFrames.Write(stream, frame);
        }

        return 0;
    }
}
