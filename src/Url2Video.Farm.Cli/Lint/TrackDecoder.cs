using System.Diagnostics;
using System.Text.Json;
using Url2Video.Farm.Cli.Local;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Packaging.Rules;
using Url2Video.Farm.Node.Workers;

namespace Url2Video.Farm.Cli.Lint;

/// <summary>Rule 23: has every track of pictures decoded, each by a process that is confined as a node's workers are, and ended when it takes too long.</summary>
internal sealed class TrackDecoder(string root)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(Limits.LintDecodeSecondsMax);

    public async Task<LintReport> JudgeAsync(LintReport report, CancellationToken cancellation)
    {
        var found = new List<RuleViolation>();
        var scratch = Directory.CreateTempSubdirectory("u2v-lint-");
        try
        {
            foreach (var track in report.Tracks)
            {
                var answer = await DecodeAsync(track, scratch.FullName, cancellation).ConfigureAwait(false);
                if (answer.Pictures != track.Pictures || answer.Complaint is not null)
                {
                    found.Add(Describe(track, answer));
                }
            }
        }
        finally
        {
            scratch.Delete(recursive: true);
        }

        return report.With(LintRules.Decodes, found);
    }

    private static RuleViolation Describe(LintTrack track, DecodeAnswer answer)
    {
        var said = answer.Complaint is { } words ? $", and a decoder says: {words}" : "";
        var gave = answer.Pictures < 0 ? "cannot be decoded to its end" : $"gives {answer.Pictures} pictures";
        return FindingText.Make(LintRules.Decodes, track.Init, $"{gave}{said}", $"{track.Pictures} pictures, and no complaint");
    }

    private async Task<DecodeAnswer> DecodeAsync(LintTrack track, string scratch, CancellationToken cancellation)
    {
        string[] command = [.. FarmProcess.ThisProgram(), DecodeMain.Verb, WorkersOf.FolderOption, scratch, DecodeMain.PackageOption, root];
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException("The decoding process did not start.");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(s_patience);
        try
        {
            var words = ReadAsync(process.StandardError, patience.Token);
            var order = new DecodeOrder(track.Pictures, [.. track.Segments.Prepend(track.Init).Select(p => Path.Combine(root, p))]);
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(order).AsMemory(), patience.Token).ConfigureAwait(false);
            process.StandardInput.Close();
            var answer = await ReadAsync(process.StandardOutput, patience.Token).ConfigureAwait(false);
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
            return Parse(answer) ?? new DecodeAnswer(-1, await words.ConfigureAwait(false) is { Length: > 0 } last ? last : $"its process ended with {process.ExitCode}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new DecodeAnswer(-1, $"it was not at the end after {Limits.LintDecodeSecondsMax} s");
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
