using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Captions;
using Url2Video.Farm.Core.Quality;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Quality;
using CaptionStyle = Url2Video.Farm.Core.Captions.CaptionStyle;

namespace Url2Video.Farm.Node.Work.Quality;

/// <summary>
/// Judges a finished file by decoding it: what a farm knows of its own films (scenes, texts, captions) is not known here, so less can be found, and a
/// picture that rests on purpose is told too.
/// </summary>
public static class FileJudge
{
    /// <param name="shortSideMin">Of the pictures.</param>
    /// <param name="loudnessLufsTenths">What the film should have; null: that is not judged.</param>
    /// <exception cref="FFmpegException">The file cannot be decoded.</exception>
    public static QualityReport Judge(string file, int shortSideMin, int? loudnessLufsTenths, CancellationToken cancellation)
    {
        PictureMeter? meter = null;
        var clock = new FrameClock();
        var (width, height) = (0, 0);
        using (var stream = File.OpenRead(file))
        using (var pictures = new FilmPictures(stream))
        {
            clock.TimeBase = new Rational(pictures.TimeBaseNum, pictures.TimeBaseDen);
            pictures.ReadAll((image, ticks) =>
            {
                cancellation.ThrowIfCancellationRequested();
                (width, height) = (image.Width, image.Height);
                if (clock.Count == Limits.QualityRecordFramesMax)
                {
                    throw new FFmpegException(FFmpegErrorKind.TooLarge, $"It has more than {Limits.QualityRecordFramesMax} frames.");
                }

                meter ??= new PictureMeter(width, height, [], PictureTape.DetailEvery);
                meter.Add(image, clock.Count, []);
                clock.Add(ticks);
            });
        }

        if (meter is null)
        {
            throw new FFmpegException(FFmpegErrorKind.InvalidData, "There is no picture in it.");
        }

        using var sound = File.OpenRead(file);
        var heard = FileSound.Measure(sound, SoundMeasure.BlockSamples, cancellation);
        var (fps, isConstant) = clock.Rate();
        var outline = new FilmOutline(width, height, fps, clock.Count, heard?.Samples ?? 0, [new SceneSpan(null, 0, clock.Count, 0) { Moves = true, IsPicture = true }])
        {
            ShortSideMin = shortSideMin,
            LoudnessLufsTenths = loudnessLufsTenths,
            HasMusic = heard is not null,
        };
        return QualityJudge.Judge(new QualityCase(
            outline,
            PictureTrack.Of([FrameTapes.TapeOf(meter, 0, [])]),
            new CodedPictures(clock.Count, isConstant),
            heard is null ? null : new SoundFacts(
                heard.LufsHundredths, heard.TruePeakDbHundredths, new SoundMeasure(heard.Samples, heard.Levels.Levels, heard.Levels.ClippedRuns, heard.Levels.FirstClip, null)),
            [],
            CaptionStyle.For(width, height, fps),
            HasCaptions: false));
    }
}
