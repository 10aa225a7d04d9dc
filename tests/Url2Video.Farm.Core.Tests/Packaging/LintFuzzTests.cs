using System.Buffers.Binary;
using System.Text;
using Url2Video.Farm.Core.Packaging.Rules;

namespace Url2Video.Farm.Core.Tests.Packaging;

/// <summary>Good packages with bytes and lines of a stranger in them: whatever he wrote, the linter ends, with findings and not with an exception.</summary>
public sealed class LintFuzzTests
{
    private const int Rounds = 150;
    private const long BytesPerRoundMax = 256L << 20;

    // Boxes and samples: of at most three files that were changed as many as one may have, of the others the few that they have.
    private const long WorkPerRoundMax = 4L * Limits.LintSamplesMax;

    private static readonly uint[] s_numbers = [0, 1, 7, 8, 16, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFF0, uint.MaxValue];
    private static readonly string[] s_words =
    [
        "", "-1", "0", "1", "65535", "100000", "18446744073709551616", "9223372036854775807", "79228162514264337593543950335", "1e308", "NaN", "0.0000000000000000000000001", "$Number%099d$", "../../..", "%00", "\"", "<", "&", ",", "=", "@", ":", "#EXT-X-MAP:", "P1Y", "P10675199D", "0001-01-01T00:00:00+14:00", "\u202e",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Lint_OfAMutatedPackage_NeverThrows_AndTakesLittle(int seed)
    {
        var random = new Random(seed);
        var good = SyntheticPackage.Make(new Rational(30, 1), 130, [180, 144], hasCaptions: true);
        // And one manifest by durations, whose numbers are multiplied with each other.
        good["dash/durations.mpd"] = Encoding.UTF8.GetBytes(string.Join('\n',
            "<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" profiles=\"a\" minBufferTime=\"PT1S\"", "mediaPresentationDuration=\"PT6S\">", "<Period><AdaptationSet><Representation id=\"144p\" bandwidth=\"1\">",
            "<SegmentTemplate media=\"../media/$RepresentationID$/$Number%05d$.m4s\"", "timescale=\"1000\"", "duration=\"2000\"", "startNumber=\"1\"", "presentationTimeOffset=\"0\"/>", "</Representation></AdaptationSet></Period></MPD>"));
        var paths = good.Keys.Order(StringComparer.Ordinal).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            var package = new Dictionary<string, byte[]>(good);
            for (var count = random.Next(1, 4); count > 0; count--)
            {
                var path = paths[random.Next(paths.Length)];
                package[path] = path.EndsWith(".m4s", StringComparison.Ordinal) || path.EndsWith(".mp4", StringComparison.Ordinal)
                    ? Bytes(package[path], random)
                    : Text(package[path], random);
            }

            var before = GC.GetAllocatedBytesForCurrentThread();
            LintReport? found = null;
            var error = Record.Exception(() => found = PackageRules.Lint(package.Files(), null, new LintBudget(WorkPerRoundMax, WorkPerRoundMax)));
            var taken = GC.GetAllocatedBytesForCurrentThread() - before;

            Assert.True(error is null, $"seed {seed}, round {round}: {error}");
            Assert.DoesNotContain(found!.Findings, f => f.Law == LintRules.TooMuch && f.What.Contains("with the files before it", StringComparison.Ordinal));
            Assert.True(taken < BytesPerRoundMax, $"seed {seed}, round {round}: {taken} bytes");
        }
    }

    private static byte[] Bytes(byte[] file, Random random)
    {
        var changed = file.ToArray();
        if (changed.Length < 8)
        {
            return changed;
        }

        switch (random.Next(5))
        {
            case 0:
                return changed[..random.Next(changed.Length)];
            case 1:
                var (from, to) = (random.Next(changed.Length), random.Next(changed.Length));
                return [.. changed[..from], .. changed[to..]];
            case 2:
                BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(random.Next(changed.Length - 4)), s_numbers[random.Next(s_numbers.Length)]);
                return changed;
            case 3:
                // Where lengths, counts, times and offsets of a head are.
                BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(4 * random.Next(Math.Min(changed.Length, 200) / 4 - 1)), s_numbers[random.Next(s_numbers.Length)]);
                return changed;
            default:
                changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
                return changed;
        }
    }

    private static byte[] Text(byte[] file, Random random)
    {
        var lines = Encoding.UTF8.GetString(file).Split('\n').ToList();
        var at = random.Next(lines.Count);
        var word = s_words[random.Next(s_words.Length)];
        switch (random.Next(6))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(at, lines[random.Next(lines.Count)]);
                break;
            case 2:
                lines[at] = word;
                break;
            case 3:
                lines[at] = System.Text.RegularExpressions.Regex.Replace(lines[at], "[0-9.]+", word.Replace("$", "$$", StringComparison.Ordinal));
                break;
            case 4:
                lines[at] = System.Text.RegularExpressions.Regex.Replace(lines[at], "\"[^\"]*\"", $"\"{word.Replace("$", "$$", StringComparison.Ordinal)}\"");
                break;
            default:
                var place = random.Next(lines[at].Length + 1);
                lines[at] = lines[at][..place] + word + lines[at][Math.Min(lines[at].Length, place + random.Next(4))..];
                break;
        }

        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }
}
