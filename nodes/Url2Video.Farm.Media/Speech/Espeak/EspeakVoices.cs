using System.Collections.Immutable;
using System.Text;

namespace Url2Video.Farm.Media.Speech.Espeak;

/// <param name="File">What the program wants after <c>-v</c>; language codes alone are not always accepted.</param>
internal sealed record EspeakVoice(VoiceInfo Info, string File);

/// <summary>The voices that the installed <c>espeak-ng</c> lists.</summary>
internal static class EspeakVoices
{
    /// <summary>Spoken with effort: consonant scripts without vowels, kanji read as "Chinese letter".</summary>
    private static readonly HashSet<string> GradeC = ["ja", "ar", "fa", "fa-latn", "ur", "he", "hak", "ps", "sd", "ug", "syr"];

    /// <summary>Near gibberish, or letter names only, or constructed for fun.</summary>
    private static readonly HashSet<string> GradeD = ["th", "my", "chr-us-qaaa-x-west", "qdb", "qya", "piqd", "sjn"];

    /// <summary>Empty when the program is not installed.</summary>
    internal static ImmutableArray<EspeakVoice> List(CancellationToken cancellationToken)
    {
        try
        {
            var version = Version(cancellationToken);
            var table = HelperProgram.Run(EspeakProgram.Name, ["--voices"], "", 256 * 1024, cancellationToken);
            return Parse(Encoding.UTF8.GetString(table), version);
        }
        catch (SpeechException)
        {
            return [];
        }
    }

    /// <summary>Columns: priority, language, age/gender, name, file, other languages in brackets.</summary>
    internal static ImmutableArray<EspeakVoice> Parse(string table, string version)
    {
        var voices = ImmutableArray.CreateBuilder<EspeakVoice>();
        foreach (var line in table.Split('\n').Skip(1))
        {
            var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var language = columns.Length < 5 ? "" : columns[1].ToLowerInvariant();
            // 1.51 reads Mandarin in the "cmn" file as English; the pinyin file reads Hanzi correctly and takes its name.
            if (language is "" or "cmn")
            {
                continue;
            }

            language = language == "cmn-latn-pinyin" ? "cmn" : language;
            var gender = columns[2].EndsWith('F') ? VoiceGender.Female : columns[2].EndsWith('M') ? VoiceGender.Male : VoiceGender.Unknown;
            var grade = GradeD.Contains(language) ? VoiceGrade.D : GradeC.Contains(language) ? VoiceGrade.C : VoiceGrade.B;
            var name = columns[3].Replace('_', ' ').Trim();
            voices.Add(new EspeakVoice(new VoiceInfo($"espeak:{language}", "espeak", version, language, gender, grade, $"{name} (espeak-ng)"), columns[4]));
        }

        return [.. voices.DistinctBy(v => v.Info.Id).OrderBy(v => v.Info.Id, StringComparer.Ordinal)];
    }

    /// <summary>From <c>eSpeak NG text-to-speech: 1.51  Data at: …</c>.</summary>
    private static string Version(CancellationToken cancellationToken)
    {
        var line = Encoding.UTF8.GetString(HelperProgram.Run(EspeakProgram.Name, ["--version"], "", 4096, cancellationToken));
        var after = line.IndexOf(": ", StringComparison.Ordinal);
        return after < 0 ? "unknown" : line[(after + 2)..].Split(' ', 2)[0].Trim();
    }
}
