using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Packaging.Cmaf;
using Url2Video.Farm.Core.Quality;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Core.Storyboards.Sounds;
using Url2Video.Farm.Media.Audio;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Node.Work.Quality;

namespace Url2Video.Farm.Node.Work;

/// <summary>All the sound of the film, made once and whole: speech and music to one track, AAC, cut on the segment grid.</summary>
public sealed class MixWork : IWork
{
    private const int Channels = 2;
    private const int BlockFrames = 48_000;

    /// <summary>One dB under the promised one: the AAC encoder overshoots speech and music by up to 0.4 dB.</summary>
    private const int TruePeakDbTenths = -20;

    /// <summary>−1 dBTP is promised; another meter may read 0.3 dB more than ours between the samples.</summary>
    private const int PromisedPeakDbHundredths = -130;

    /// <summary>Hard beeps and clicks come out up to 1.5 dB higher; a second pass is enough for those that were tried.</summary>
    private const int PassesMax = 4;

    /// <summary>The lowest ceiling the mixer takes.</summary>
    private const int CeilingDbTenthsMin = -90;

    public JobKind Kind => JobKind.Mix;

    public async Task<JobResult> RunAsync(JobSpec job, WorkContext context)
    {
        var work = (JobWork.Mix)job.Work;
        var board = await StoryboardFile.ReadAsync(context.Artifacts, work.Storyboard, context.Cancellation).ConfigureAwait(false);
        var track = Path.Combine(context.ScratchDir, "track.f32");
        using var packets = AacPackets.Create(context.ScratchDir);
        var (report, config) = MediaFaults.Guard(job, () => MixAndEncode(board, work, track, packets, context));
        var mixed = await StoreAsync(work, report, config, packets, context).ConfigureAwait(false);
        if (work.Quality != QualityMode.Off)
        {
            mixed = mixed with { Measure = await SoundMeasures.StoreAsync(work, track, context).ConfigureAwait(false) };
        }

        return work.KeepsTrack ? mixed with { Track = await LosslessTrack.StoreAsync(job, track, context).ConfigureAwait(false) } : mixed;
    }

    /// <summary>What comes out of the encoder is measured: where it is above the promised peak, the limiter gets a lower ceiling.</summary>
    private static (MixReport Report, AacConfig Config) MixAndEncode(
        Storyboard board, JobWork.Mix work, string track, AacPackets packets, WorkContext context)
    {
        using var music = SoundWords.OpenMusic(board, context);
        using var clips = ClipSounds.Open(board, work, context);
        var ceiling = TruePeakDbTenths;
        for (var pass = 1; ; pass++)
        {
            MixReport report;
            using (var file = File.Create(track))
            {
                report = FilmMixer.Mix(PlanOf(board, work, music, ceiling, context) with { Clips = clips.Placements }, context.ScratchDir, file, context.Cancellation);
            }

            var config = Encode(track, packets, context);
            var peak = AacPeak.DbHundredths(packets, (int)(work.Samples / 48_000) + 2, context.Cancellation);
            if (peak <= PromisedPeakDbHundredths || pass == PassesMax)
            {
                return (report with { TruePeakDbHundredths = peak }, config);
            }

            ceiling = Math.Max(CeilingDbTenthsMin, ceiling - (peak - PromisedPeakDbHundredths + 9) / 10 - 1);
        }
    }

    private static MixPlan PlanOf(
        Storyboard board, JobWork.Mix work, StereoSource? music, int truePeakDbTenths, WorkContext context) => new(
        work.Samples,
        [
            .. work.Scenes.Zip(work.Speech, (slot, speech) => (slot, speech)).Where(s => s.speech is not null)
                .Select(s => new SpeechPlacement(s.slot.SpeechStartSample, PcmSource.FromFile(context.Artifacts.PathOf(s.speech!.Pcm)))),
        ],
        SoundWords.MusicOf(board, music),
        board.LoudnessLufsTenths,
        truePeakDbTenths)
    {
        Sounds = [.. FilmCues.Of(board, work.Scenes).Select(SoundWords.Of)],
        Voice = SoundWords.Of(board.Space.Voice),
        Room = new RoomPlan(SoundWords.Of(board.Space.Room), board.Space.WetPercent),
    };

    private static AacConfig Encode(string track, AacPackets packets, WorkContext context)
    {
        packets.Clear();
        using var encoder = AudioEncoder.Open(Channels);
        var bytes = ArrayPool<byte>.Shared.Rent(BlockFrames * Channels * sizeof(float));
        try
        {
            using var file = new FileStream(track, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            int read;
            while ((read = file.ReadAtLeast(bytes.AsSpan(0, BlockFrames * Channels * sizeof(float)), BlockFrames * Channels * sizeof(float), throwOnEndOfStream: false)) > 0)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                encoder.Encode(MemoryMarshal.Cast<byte, float>(bytes.AsSpan(0, read)), p => packets.Add(p.Data));
                context.Progress.Report(new WorkProgress(file.Position, file.Length));
            }

            encoder.Flush(p => packets.Add(p.Data));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }

        return AacConfig.From(encoder.AudioSpecificConfig.Span);
    }

    private static async Task<JobResult.Mixed> StoreAsync(JobWork.Mix work, MixReport report, AacConfig config, AacPackets packets, WorkContext context)
    {
        var wanted = work.Segments[^1].FirstPacket + work.Segments[^1].Packets;
        if (packets.Count < wanted)
        {
            throw new FarmException(ErrorCodes.MediaFailed, $"The sound came out as {packets.Count} packets in place of {wanted}.", retryable: true);
        }

        var files = ImmutableArray.CreateBuilder<SegmentFile>(work.Segments.Length);
        foreach (var slot in work.Segments)
        {
            var bytes = CmafAudio.Segment(slot, work.Samples, packets.Read((int)slot.FirstPacket, slot.Packets));
            files.Add(new SegmentFile(slot.Index, await context.Artifacts.WriteAsync(bytes, context.Cancellation).ConfigureAwait(false), slot.Packets));
        }

        var init = await context.Artifacts.WriteAsync(CmafAudio.Init(config), context.Cancellation).ConfigureAwait(false);
        return new JobResult.Mixed(AacConfig.Codecs, init, files.MoveToImmutable(), report.LoudnessLufsHundredths / 10, report.TruePeakDbHundredths / 10);
    }
}
