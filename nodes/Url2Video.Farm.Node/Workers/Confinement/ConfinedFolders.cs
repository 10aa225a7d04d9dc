namespace Url2Video.Farm.Node.Workers.Confinement;

/// <summary>What is left to a process of the machine's data.</summary>
/// <param name="Work">Existing folders in which it works; empty: it is not confined.</param>
/// <param name="Programs">A folder from which programs may be started; empty: none.</param>
/// <param name="Inputs">Folders of strangers: read, never started.</param>
public sealed record ConfinedFolders(IReadOnlyList<string> Work, string Programs, IReadOnlyList<string> Inputs);
