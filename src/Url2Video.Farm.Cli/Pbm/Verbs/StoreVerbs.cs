using System.Collections.Immutable;
using Url2Video.Farm.Api.Farm;
using Url2Video.Farm.Cli.Pbm.Views;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Pbm.Verbs;

/// <summary><c>store</c>: whether what was kept is what was written.</summary>
internal static class StoreVerbs
{
    public static ImmutableArray<Verb> All { get; } =
    [
        Verb.Get("check", "Reads every artifact of a data folder (--data) and compares it with its name.", FarmRoutes.StoreCheck, new View.Checks(ErrorCodes.ArtifactCorrupt, "checks")),
    ];
}
