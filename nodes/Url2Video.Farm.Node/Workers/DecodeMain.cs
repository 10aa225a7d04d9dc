using System.Text.Json;
using Url2Video.Farm.Core;
using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Node.Workers;

/// <summary>What a process started by the linter does: decode one track of a stranger, in the confinement of a worker, and say how many pictures came out.</summary>
public static class DecodeMain
{
    /// <summary>The hidden verb that it is started with.</summary>
    public const string Verb = "decode-track";

    /// <summary>A folder in which files of the track lie: it may read there.</summary>
    public const string InputOption = "--input";

    /// <summary>Says that nothing was decoded, as nothing would confine it.</summary>
    public static void Refuse(TextWriter answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        answer.WriteLine(JsonSerializer.Serialize(new DecodeAnswer(-1, null, IsConfined: false)));
    }

    /// <param name="order">One line, see <see cref="DecodeOrder"/>.</param>
    /// <param name="answer">One line, see <see cref="DecodeAnswer"/>.</param>
    public static void Run(TextReader order, TextWriter answer)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(answer);
        WorkerSelf.Confine(Limits.LintDecodeMemoryBytesMax);
        var track = JsonSerializer.Deserialize<DecodeOrder>(order.ReadLine() ?? "null") ?? throw new InvalidDataException("There is no order.");
        string? complaint = null;
        var pictures = -1L;
        // Warnings are of what a decoder can live with. And what we do not let it open, the sound beside the pictures for one, it need not complain of.
        using (MediaLog.ListenForErrors(line => complaint ??= line.Contains("not on whitelist", StringComparison.Ordinal) ? null : line))
        {
            try
            {
                pictures = DecodedPictures.Count(track.Files, track.Pictures + 1);
            }
            catch (Exception fault) when (fault is FFmpegException or IOException or UnauthorizedAccessException)
            {
                complaint = fault.Message;
            }
        }

        answer.WriteLine(JsonSerializer.Serialize(new DecodeAnswer(pictures, complaint)));
    }
}

/// <param name="Pictures">That should come out.</param>
/// <param name="Files">The init segment, then the segments.</param>
public sealed record DecodeOrder(long Pictures, IReadOnlyList<string> Files);

/// <param name="Pictures">That came out; -1 when the decoder gave up.</param>
/// <param name="Complaint">What a decoder first said of it; null when it said nothing.</param>
/// <param name="IsConfined">False: it was not decoded, as this machine cannot confine the process.</param>
public sealed record DecodeAnswer(long Pictures, string? Complaint, bool IsConfined = true);
