using Url2Video.Farm.Api.Farm;

namespace Url2Video.Farm.Cli.Pbm.Verbs;

/// <summary>Inputs that several verbs share.</summary>
internal static class Inputs
{
    public static readonly VerbInput Project = new("project", "Project id (prj_...).") { Known = (FarmRoutes.Projects, "id") };
    public static readonly VerbInput Job = new("job", "Name of a job, e.g. render/000003; `job list` tells them.");
    public static readonly VerbInput Node = new("node", "Name of a node; `node list` tells them.") { Known = (FarmRoutes.Nodes, "name") };
    public static readonly VerbInput Address = new("address", "Address of a server, as `cluster show` prints it.") { Known = (FarmRoutes.Members, "address") };
    public static readonly VerbInput Limit = new("limit", "At most this many rows.", InputKind.Whole, IsRequired: false);
    public static readonly VerbInput From = new("from", "Number of the first one.", InputKind.Whole, IsRequired: false);
    public static readonly VerbInput Cursor = new("cursor", "Go on from here, as the list before told.", IsRequired: false);
}
