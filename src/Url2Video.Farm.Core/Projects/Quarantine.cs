using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Core.Projects;

/// <summary>What a gate does with a film that has errors: it is made, its files lie apart, and the project has failed until somebody tries it again.</summary>
internal static class Quarantine
{
    /// <summary>Where the files lie.</summary>
    public const string Folder = "quarantine/";

    public static FarmError ErrorOf(ProjectState state)
    {
        var letOut = $"order it anew when it is put right, or let it out as it is: `./url2video resume {state.Id}` or `pbm project retry {state.Id}`.";
        return state.Verdict is { } verdict
            ? new FarmError(
                ErrorCodes.Quality,
                $"The film has {verdict.Errors} errors of quality and is held back: {string.Join("; ", verdict.Worst)}",
                $"Look at {Folder}{Quality.QualityJson.FileName}; {letOut}")
            : new FarmError(ErrorCodes.Quality, "The film was never judged and is held back.", $"Look at {Folder}; {letOut}");
    }
}
