using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Nodes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Nodes;

/// <summary>Whether an attempt is a node's own.</summary>
internal interface INodeGrants
{
    ValueTask<bool> IsOfAsync(NodeId node, JobId job, long attempt, CancellationToken cancellation);
}

/// <summary>
/// By what this server granted; for a node that came over from another server, by what the job itself says. An attempt that was granted by another
/// server and is over is nobody's: its log is lost with the server, as its link was.
/// </summary>
internal sealed class NodeGrants(GrantBook book, FarmClient client) : INodeGrants
{
    public async ValueTask<bool> IsOfAsync(NodeId node, JobId job, long attempt, CancellationToken cancellation)
    {
        if (book.Knows(node, job, attempt))
        {
            return true;
        }

        try
        {
            var page = await client.JobsAsync(job.Project, new JobFilter(Prefix: job.Name), null, 1, cancellation).ConfigureAwait(false);
            return page?.Jobs is [var found] && found.Name == job.Name && ((found.Attempt == attempt && found.Node == node.Value) || found.Twin == node.Value);
        }
        catch (FarmException)
        {
            return false; // Nobody can say so: a log is not worth a guess.
        }
    }
}
