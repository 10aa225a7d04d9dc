using System.Text.Json;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Client;

/// <summary>Where the farm is and what opens it, kept between commands by <c>url2video login</c>.</summary>
internal sealed record Profile(string Server, string Key)
{
    private const int BytesMax = 16 * 1024;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary><c>~/.config/url2video/profile.json</c>, or where the customary variable points.</summary>
    public static string DefaultPath => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "url2video", "profile.json");

    /// <returns>Null when nobody has logged in.</returns>
    /// <exception cref="FarmException">ERR_FORMAT: the file is there and is not a profile.</exception>
    public static Profile? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return new FileInfo(path).Length <= BytesMax && JsonSerializer.Deserialize<Profile>(File.ReadAllBytes(path), Json) is { Server: not null, Key: not null } profile
                ? profile
                : throw Broken(path, null);
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            throw Broken(path, fault);
        }
    }

    /// <summary>Only its owner may read it: it holds a key.</summary>
    /// <exception cref="FarmException">ERR_NOT_WRITABLE.</exception>
    public void Write(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            OwnerOnlyFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(this, Json));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FarmException(ErrorCodes.NotWritable, $"Cannot write {path}: {fault.Message}", "Use --server and --key, or URL2VIDEO_SERVER and URL2VIDEO_KEY.", cause: fault);
        }
    }

    private static FarmException Broken(string path, Exception? fault) =>
        new(ErrorCodes.Format, $"{path} is not a profile.", "Write it anew: `url2video login --server URL --key K`.", cause: fault);
}
