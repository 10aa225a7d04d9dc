using System.Collections.Immutable;
using System.Text;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Captions;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Packaging.Cmaf;
using Url2Video.Farm.Core.Quality;
using Url2Video.Farm.Core.Storyboards;
using CaptionStyle = Url2Video.Farm.Core.Captions.CaptionStyle;

namespace Url2Video.Farm.Node.Work.Quality;

/// <summary>Judges a film that is being put together: reads what was measured of it, counts what is in it.</summary>
internal static class QualityMaker
{
    public static async Task<QualityReport> JudgeAsync(Storyboard board, JobWork.Assemble work, QualityWork quality, WorkContext context)
    {
        var tapes = new List<PictureTape>(quality.Pictures.Length);
        var frames = 0L;
        foreach (var file in quality.Pictures)
        {
            // Tapes are in the order of the film. What lies beyond the limit is not measured, and the report says so.
            if (frames >= Limits.QualityFilmFramesMax)
            {
                break;
            }

            // One that cannot be read counts as not measured, and the report says so.
            if (PictureTapeFile.TryRead(await context.Artifacts.ReadAsync(file, Limits.QualityRecordBytesMax, context.Cancellation).ConfigureAwait(false)) is { } tape)
            {
                tapes.Add(tape);
                frames += tape.Frames;
            }
        }

        var measure = quality.Sound is { } sound
            ? SoundMeasure.TryRead(Encoding.UTF8.GetString(await context.Artifacts.ReadAsync(sound, Limits.QualityRecordBytesMax, context.Cancellation).ConfigureAwait(false)))
            : null;
        var style = CaptionStyle.For(board.Canvas.Width, board.Canvas.Height, work.Fps);
        var cues = await SpeechFiles.CuesAsync(work.Scenes, work.Speech, style, context.Artifacts, context.Cancellation).ConfigureAwait(false);
        return QualityJudge.Judge(new QualityCase(
            Outlines.Of(board, quality, work.Fps, work.Scenes),
            PictureTrack.Of(tapes),
            await CountAsync(work, context).ConfigureAwait(false),
            new SoundFacts(10 * quality.LoudnessLufsTenths, 10 * quality.TruePeakDbTenths, measure),
            cues,
            style,
            HasCaptions: board.Captions.Placement != CaptionPlacement.None));
    }

    /// <summary>Counts the frames in the segments themselves, and looks whether each is as long as the frame rate says.</summary>
    internal static async Task<CodedPictures?> CountAsync(JobWork.Assemble work, WorkContext context)
    {
        // A film without anything to stream has pictures for files only, of any codec; all renditions have the same frames.
        var video = work.Video.Segments.IsEmpty ? work.Sources?.Renditions.Select(r => r.Files).FirstOrDefault(f => !f.Segments.IsEmpty) : work.Video;
        if (video is null)
        {
            return null;
        }

        var timescale = CmafReader.ReadTimescale(await context.Artifacts.ReadAsync(video.Init, Limits.QualityRecordBytesMax, context.Cancellation).ConfigureAwait(false));
        var (frames, isConstant) = (0L, true);
        foreach (var file in video.Segments)
        {
            var segment = CmafReader.ReadSegment(await context.Artifacts.ReadAsync(file, int.MaxValue, context.Cancellation).ConfigureAwait(false));
            isConstant &= segment.Samples.All(s => s.Duration * work.Fps.Numerator == timescale * work.Fps.Denominator)
                && (Int128)segment.DecodeTime * work.Fps.Numerator == (Int128)frames * timescale * work.Fps.Denominator;
            frames += segment.Samples.Length;
        }

        return new CodedPictures(frames, isConstant);
    }
}
