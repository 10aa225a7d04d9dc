namespace Url2Video.Farm.Node.Workers;

/// <summary>What a process that decodes strangers' files does not inherit.</summary>
public static class WorkerEnvironment
{
    public static void Clean(IDictionary<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        foreach (var secret in environment.Keys.Where(k => k.StartsWith("URL2VIDEO_", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            environment.Remove(secret); // Tokens and addresses of stores.
        }

        environment["DOTNET_EnableDiagnostics"] = "0"; // Its sockets would stay behind: such a process may end by force.
    }
}
