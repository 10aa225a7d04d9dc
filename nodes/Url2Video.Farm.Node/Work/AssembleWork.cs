using System.Collections.Immutable;
using System.Text;
using Url2Video.Farm.Core.Captions;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Outputs;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Quality;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Node.Plugins;
using Url2Video.Farm.Node.Work.Quality;
using CaptionStyle = Url2Video.Farm.Core.Captions.CaptionStyle;

namespace Url2Video.Farm.Node.Work;

/// <summary>The files for the user: the film in the formats asked for, captions, thumbnail, storyboard.</summary>
public sealed class AssembleWork(PluginShelf? plugins = null) : IWork
{
    public JobKind Kind => JobKind.Assemble;

    public async Task<JobResult> RunAsync(JobSpec job, WorkContext context)
    {
        var work = (JobWork.Assemble)job.Work;
        var board = await StoryboardFile.ReadAsync(context.Artifacts, work.Storyboard, context.Cancellation).ConfigureAwait(false);
        var files = ImmutableArray.CreateBuilder<OutputFile>();
        var maker = new FileMaker(work, context);
        foreach (var format in FormatCatalog.In(work.Formats).Where(f => f.FileName is not null))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var path = MediaFaults.Guard(job, () => maker.Make(format));
            files.Add(new OutputFile(format.FileName!, await context.Artifacts.AdoptAsync(path, context.Cancellation).ConfigureAwait(false)));
        }

        if (board.Captions.Placement is CaptionPlacement.Sidecar or CaptionPlacement.Both)
        {
            var style = CaptionStyle.For(board.Canvas.Width, board.Canvas.Height, work.Fps);
            var cues = await SpeechFiles.CuesAsync(work.Scenes, work.Speech, style, context.Artifacts, context.Cancellation).ConfigureAwait(false);
            files.Add(await TextAsync(OutputNames.WebVtt, CaptionText.WebVtt(cues), context).ConfigureAwait(false));
            files.Add(await TextAsync(OutputNames.SubRip, CaptionText.SubRip(cues), context).ConfigureAwait(false));
        }

        var thumbnail = MediaFaults.Guard(job, () => Thumbnail(board, work, context));
        files.Add(new OutputFile(OutputNames.Thumbnail, await context.Artifacts.WriteAsync(thumbnail, context.Cancellation).ConfigureAwait(false)));
        files.Add(new OutputFile(OutputNames.Storyboard, work.Storyboard));
        if (work.Quality is not { } quality)
        {
            return new JobResult.Assembled(files.ToImmutable());
        }

        QualityReport report;
        try
        {
            report = await QualityMaker.JudgeAsync(board, work, quality, context).ConfigureAwait(false);
        }
        catch (Exception fault) when (quality.Mode != QualityMode.Gate && !context.Cancellation.IsCancellationRequested)
        {
            // The film is good; only nobody says so. A gate must not be passed like that.
            MediaLog.Warn($"The film comes without a report on its quality: {fault.GetType().Name}: {fault.Message}");
            return new JobResult.Assembled(files.ToImmutable());
        }

        files.Add(new OutputFile(QualityJson.FileName, await context.Artifacts.WriteAsync(QualityJson.Write(report), context.Cancellation).ConfigureAwait(false)));
        return new JobResult.Assembled(files.ToImmutable()) { Verdict = report.Verdict };
    }

    /// <summary>The middle of the first scene with a picture (of the first scene when there is none): its text has come in, nothing is fading.</summary>
    private byte[] Thumbnail(Storyboard board, JobWork.Assemble work, WorkContext context)
    {
        var slot = work.Scenes.FirstOrDefault(s => board.Scenes[s.Index].Visual is Visual.Image or Visual.Clip or Visual.Split or Visual.Spin) ?? work.Scenes[0];
        var film = FilmBuilder.Build(board, work.Fps, board.Canvas.Width, board.Canvas.Height, [slot with { TransitionFrames = 0 }], []);
        using var filters = new PluginFilters(plugins ?? PluginShelf.None, context.ScratchDir, context.Cancellation);
        var pictures = new ArtifactPictures(context, board.Canvas.Width, board.Canvas.Height, PicturesOf.Scenes(board, [slot]));
        using var renderer = new FilmRenderer(film, FilmFonts.Shared, pictures, filters);
        using var frame = new YuvImage(board.Canvas.Width, board.Canvas.Height);
        renderer.Compose(slot.Frames / 2, frame);
        return ImageEncoder.EncodeJpeg(frame);
    }

    private static async Task<OutputFile> TextAsync(string name, string text, WorkContext context) =>
        new(name, await context.Artifacts.WriteAsync(Encoding.UTF8.GetBytes(text), context.Cancellation).ConfigureAwait(false));
}
