using System.Text;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Packaging.Rules;
using Url2Video.Farm.Core.Publishing;

namespace Url2Video.Farm.Tests.Packages;

/// <summary>Carries out publication in a folder: whole files by rename, as the product's writer does.</summary>
internal static class PackageDirectory
{
    public static void Apply(string folder, IEnumerable<PublishEffect> effects, Func<ArtifactRef, byte[]> read)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case PublishEffect.PutArtifact put:
                    Put(folder, put.Path, read(put.File));
                    break;
                case PublishEffect.PutText put:
                    Put(folder, put.Path, new UTF8Encoding(false).GetBytes(put.Text));
                    break;
                case PublishEffect.Refused refused:
                    throw new InvalidOperationException(refused.Error.ToString());
            }
        }
    }

    /// <summary>Publishes a whole film at once.</summary>
    public static void Write(string folder, EncodedFilm film, string? webVtt = null, TrickPlayFiles? trickPlay = null)
    {
        var spec = new PublishSpec(film.Plan, OutputFormats.Hls | OutputFormats.Dash, "en", "A test & <film>", webVtt is not null)
        {
            TrickPlay = trickPlay is null ? TrickPlayKinds.None : TrickPlayKinds.All,
        };
        var inputs = film.Chunks.Append<PublishInput>(film.Audio).Append(new PublishInput.TrickPlayReady(trickPlay));
        if (webVtt is not null)
        {
            inputs = inputs.Append(new PublishInput.CaptionsReady(film.Store(Encoding.UTF8.GetBytes(webVtt))));
        }

        var (state, effects) = PublishLogic.Decide(PublishState.Start(spec), inputs.ToArray());
        Assert.True(state.IsComplete);
        Apply(folder, effects, film.Read);
    }

    /// <summary>A package folder as <see cref="PackageRules"/> reads it.</summary>
    public static PackageFiles Open(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).ToHashSet(),
        path => File.ReadAllBytes(Path.Combine(folder, path)));

    private static void Put(string folder, string path, byte[] bytes)
    {
        var target = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.WriteAllBytes(target + ".part", bytes);
        File.Move(target + ".part", target, overwrite: true);
    }
}

/// <summary>A folder of one test, gone with it.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("u2v-").FullName;

    public string Sub(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
