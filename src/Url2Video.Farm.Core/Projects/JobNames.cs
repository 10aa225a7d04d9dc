using System.Globalization;
using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Core.Projects;

/// <summary>Names of a project's jobs. They stand in the journal, so they are frozen.</summary>
public static class JobNames
{
    public const string Ingest = "ingest";
    public const string Write = "write";
    public const string Mix = "mix";
    public const string Assemble = "assemble";

    private const string SpeakPrefix = "speak/";
    private const string RenderPrefix = "render/";

    public static string Speak(int scene) => SpeakPrefix + scene.ToString("D4", CultureInfo.InvariantCulture);

    public static string Render(int chunk) => RenderPrefix + chunk.ToString("D6", CultureInfo.InvariantCulture);

    /// <param name="index">Scene of a speak job, chunk of a render job, else 0.</param>
    /// <returns>False for a name that no project gives.</returns>
    public static bool TryParse(string name, out JobKind kind, out int index)
    {
        index = 0;
        kind = name switch
        {
            Ingest => JobKind.Ingest,
            Write => JobKind.Write,
            Mix => JobKind.Mix,
            Assemble => JobKind.Assemble,
            _ => name.StartsWith(SpeakPrefix, StringComparison.Ordinal) ? JobKind.Speak : JobKind.Render,
        };
        return kind switch
        {
            JobKind.Speak => TryIndex(name, SpeakPrefix, out index),
            JobKind.Render => TryIndex(name, RenderPrefix, out index),
            _ => true,
        };
    }

    private static bool TryIndex(string name, string prefix, out int index)
    {
        index = 0;
        return name.StartsWith(prefix, StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out index)
            && name == (prefix == SpeakPrefix ? Speak(index) : Render(index));
    }
}
