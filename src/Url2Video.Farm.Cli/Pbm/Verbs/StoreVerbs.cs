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
        Verb.Get("check", "Checks that journal and artifacts are sound.", FarmRoutes.StoreCheck, new View.Checks(ErrorCodes.ArtifactCorrupt, "checks")).And(
            new VerbInput("hashes", "Also read every artifact and compare its bytes with its name; a data folder always does.", InputKind.Flag, IsRequired: false)),
        Verb.Post("gc", "Deletes artifacts that nothing names from the answering server's folder; each server does so once a day.", FarmRoutes.StoreGc),
    ];
}
