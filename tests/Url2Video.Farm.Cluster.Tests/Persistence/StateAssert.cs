using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Tests.Persistence;

internal static class StateAssert
{
    /// <summary>To the last byte: records compare their lists by reference.</summary>
    public static void Same(ProjectState expected, ProjectState actual)
    {
        Assert.Equal(System.Text.Encoding.UTF8.GetString(FarmJson.Write(expected)), System.Text.Encoding.UTF8.GetString(FarmJson.Write(actual)));
        Assert.Same(StringComparer.Ordinal, actual.Troubles.KeyComparer);
    }
}
