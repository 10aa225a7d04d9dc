using System.Globalization;

namespace Url2Video.Farm.Media.FFmpeg;

/// <param name="IntegratedLufs">Gated loudness of the whole (EBU R 128, ITU-R BS.1770), −70 for silence or under 0.4 s.</param>
/// <param name="TruePeakDb">Peak of the four times oversampled signal in dBTP; negative infinity for silence.</param>
/// <param name="RangeLu">Loudness range (EBU Tech 3342).</param>
public readonly record struct Loudness(double IntegratedLufs, double TruePeakDb, double RangeLu);

/// <summary>Measures loudness with libavfilter's ebur128. Whole tenths of a second count; a shorter tail does not.</summary>
public static class LoudnessMeter
{
    // The values are frame metadata, whose place in AVFrame moves; ametadata prints them to the log, which stays put.
    private const string Graph =
        "ebur128=metadata=1:peak=true:framelog=verbose"
        + ",ametadata=mode=print:key=lavfi.r128.I"
        + ",ametadata=mode=print:key=lavfi.r128.LRA"
        + ",ametadata=mode=print:key=lavfi.r128.true_peaks_ch0"
        + ",ametadata=mode=print:key=lavfi.r128.true_peaks_ch1";

    private const string Prefix = "lavfi.r128.";

    /// <exception cref="FFmpegException">The libraries failed.</exception>
    public static Loudness Measure(AudioClip clip)
    {
        var (integrated, range, peak) = (-70.0, 0.0, 0.0);
        AvLog.Tap(Read, () => AudioGraph.Run(Graph, clip.Format, [clip], static _ => { }));
        return new Loudness(integrated, 20 * Math.Log10(peak), range);

        void Read(string line)
        {
            if (!line.StartsWith(Prefix, StringComparison.Ordinal))
            {
                return;
            }

            var equals = Math.Max(Prefix.Length, line.IndexOf('=', StringComparison.Ordinal));
            if (!double.TryParse(line.AsSpan(equals + 1), CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
            {
                return;
            }

            switch (line.AsSpan(Prefix.Length, equals - Prefix.Length))
            {
                case "I": integrated = value; break;
                case "LRA": range = value; break;
                default: peak = Math.Max(peak, value); break;
            }
        }
    }
}
