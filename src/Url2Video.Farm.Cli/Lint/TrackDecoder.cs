using System.Diagnostics;
using System.Text.Json;
using Url2Video.Farm.Cli.Local;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Packaging.Rules;
using Url2Video.Farm.Node.Workers;

namespace Url2Video.Farm.Cli.Lint;

/// <summary>Rule 23: has every track of pictures decoded, each by a process that is confined as a node's workers are, and ended when all of them take too long.</summary>
/// <param name="patience">For all tracks.</param>
internal sealed class TrackDecoder(string root, TimeSpan patience)
{
    // What DecodedPictures has decoders for.
    private static readonly string[] s_decodable = ["avc1", "avc3", "hvc1", "hev1", "vp09", "av01"];

    public async Task<LintReport> JudgeAsync(LintReport report, CancellationToken cancellation)
    {
        var found = new List<RuleViolation>();
        var scratch = Directory.CreateTempSubdirectory("u2v-lint-");
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(patience);
        try
        {
            for (var index = 0; index < report.Tracks.Length; index++)
            {
                var track = report.Tracks[index];
                if (WhyNot(track) is { } why)
                {
                    found.Add(FindingText.Make(LintRules.NotJudged, track.Init, why, "pictures that this program decodes"));
                }
                else if (await DecodeAsync(track, scratch.FullName, time.Token).ConfigureAwait(false) is not { IsConfined: true } answer)
                {
                    found.Add(FindingText.Make(LintRules.NotJudged, track.Init, "was not decoded, as this machine cannot confine the process that would", "Linux with Landlock and seccomp"));
                    break; // Nor can it for the others.
                }
                else if (answer.Pictures != track.Pictures || answer.Complaint is not null)
                {
                    found.Add(Describe(track, answer));
                }
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            found.Add(FindingText.Make(LintRules.TooMuch, ".", $"was not decoded to its end in {patience.TotalSeconds} s", "pictures that are decoded in that time"));
        }
        finally
        {
            scratch.Delete(recursive: true);
        }

        return report.With(found);
    }

    private static string? WhyNot(LintTrack track) =>
        !s_decodable.Contains(track.Entry) ? $"has pictures of the kind {track.Entry}, which were not decoded"
        : FoldersOf(track).Count > Limits.LintDecodeFoldersMax ? "lies in more folders than a decoder is let into"
        : null;

    private static List<string> FoldersOf(LintTrack track) => [.. track.Segments.Prepend(track.Init).Select(p => Path.GetDirectoryName(p)!).Distinct()];

    private static RuleViolation Describe(LintTrack track, DecodeAnswer answer)
    {
        var said = answer.Complaint is { } words ? $", and a decoder says: {words}" : "";
        var gave = answer.Pictures < 0 ? "cannot be decoded to its end" : $"gives {answer.Pictures} pictures";
        return FindingText.Make(LintRules.Decodes, track.Init, $"{gave}{said}", $"{track.Pictures} pictures, and no error");
    }

    /// <exception cref="OperationCanceledException">Also when the time is over.</exception>
    private async Task<DecodeAnswer> DecodeAsync(LintTrack track, string scratch, CancellationToken cancellation)
    {
        string[] command = [.. FarmProcess.ThisProgram(), DecodeMain.Verb, WorkersOf.FolderOption, scratch, .. FoldersOf(track).SelectMany(f => new[] { DecodeMain.InputOption, Path.Combine(root, f) })];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        WorkerEnvironment.Clean(start.Environment);
        using var process = Process.Start(start)
            ?? throw new InvalidOperationException("The decoding process did not start.");
        try
        {
            var words = ReadAsync(process.StandardError, cancellation);
            var order = new DecodeOrder(track.Pictures, [.. track.Segments.Prepend(track.Init).Select(p => Path.Combine(root, p))]);
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(order).AsMemory(), cancellation).ConfigureAwait(false);
            process.StandardInput.Close();
            var answer = await ReadAsync(process.StandardOutput, cancellation).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return Parse(answer) ?? new DecodeAnswer(-1, await words.ConfigureAwait(false) is { Length: > 0 } last ? last : $"its process ended with {process.ExitCode}");
        }
        catch (IOException)
        {
            return new DecodeAnswer(-1, "its process ended at once");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    // What it says is not trusted: so much of it is read, and the rest thrown away.
    private static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancellation)
    {
        const int CharsMax = 4_096;
        var (kept, buffer) = (new char[CharsMax], new char[CharsMax]);
        var count = 0;
        for (int read; (read = await reader.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0;)
        {
            var taken = Math.Min(read, CharsMax - count);
            buffer.AsSpan(0, taken).CopyTo(kept.AsSpan(count));
            count += taken;
        }

        return new string(kept, 0, count).Trim();
    }

    private static DecodeAnswer? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<DecodeAnswer>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
