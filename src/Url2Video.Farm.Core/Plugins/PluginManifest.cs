using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Plugins;

/// <summary>What a plugin says of itself in <c>plugin.json</c>. A value of this type has passed <see cref="PluginManifestReader"/>.</summary>
/// <param name="Id">Lower-case letters, digits and <c>-</c>.</param>
/// <param name="Version">For people; what counts is <paramref name="Sha256"/>.</param>
/// <param name="Entry">The executable, a path inside the plugin's folder.</param>
/// <param name="Files">Every file of the folder but <c>plugin.json</c>, with its SHA-256, in order of the names.</param>
/// <param name="Sha256">Of <c>plugin.json</c>, and through it of all files: what the plugin is.</param>
public sealed record PluginManifest(
    string Id,
    string Version,
    string Summary,
    string Entry,
    ImmutableArray<PluginPermission> Permissions,
    ImmutableArray<PluginParameter> Parameters,
    ImmutableArray<PluginFile> Files,
    string Sha256)
{
    /// <summary>The first property of every manifest.</summary>
    public const string Schema = "url2video.plugin/1";

    public const string FileName = "plugin.json";

    /// <summary>The last protocol that the farm speaks.</summary>
    public const int ProtocolMax = 2;

    /// <summary>What the farm says hello in: 1, pictures go through the pipe; 2, they may lie in shared memory.</summary>
    public int Protocol { get; init; } = 1;

    /// <summary>The capability word of a node that has it.</summary>
    public string Word => PluginWords.Of(Id, Sha256);
}

/// <summary>What a plugin does.</summary>
public enum PluginKind
{
    /// <summary>Changes one picture at a time.</summary>
    FrameEffect,
}

/// <summary>What a plugin may do beside reading its own folder and the system's libraries.</summary>
public enum PluginPermission
{
    /// <summary>Write files into a folder of its own that is gone afterwards.</summary>
    Scratch,
}

/// <summary>A number that a scene may give; ten-thousandths, as everywhere in documents.</summary>
public sealed record PluginParameter(string Name, int Min, int Max, int Default, string Summary)
{
    public const int Scale = 10_000;

    public const int PerPluginMax = 32;

    /// <summary>A hundred thousand.</summary>
    public const int Most = 100_000 * Scale;
}

/// <param name="Path">Relative, forward slashes, no <c>..</c>.</param>
public sealed record PluginFile(string Path, string Sha256);
