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
        foreach (var file in quality.Pictures)
        {
            // One that cannot be read counts as not measured, and the report says so.
            if (PictureTapeFile.TryRead(await context.Artifacts.ReadAsync(file, Limits.QualityRecordBytesMax, context.Cancellation).ConfigureAwait(false)) is { } tape)
            {
                tapes.Add(tape);
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
    private static async Task<CodedPictures?> CountAsync(JobWork.Assemble work, WorkContext context)
    {
        if (work.Video.Segments.IsEmpty)
        {
            return null;
        }

        var init = CmafReader.ReadInit(await context.Artifacts.ReadAsync(work.Video.Init, Limits.QualityRecordBytesMax, context.Cancellation).ConfigureAwait(false));
        var (frames, isConstant) = (0L, true);
        foreach (var file in work.Video.Segments)
        {
            var segment = CmafReader.ReadSegment(await context.Artifacts.ReadAsync(file, int.MaxValue, context.Cancellation).ConfigureAwait(false));
            isConstant &= segment.Samples.All(s => s.Duration * work.Fps.Numerator == init.Timescale * work.Fps.Denominator)
                && (Int128)segment.DecodeTime * work.Fps.Numerator == (Int128)frames * init.Timescale * work.Fps.Denominator;
            frames += segment.Samples.Length;
        }

        return new CodedPictures(frames, isConstant);
    }
}
