using System.Collections.Immutable;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Content;

/// <summary>What an image turned out to be when somebody really decoded it.</summary>
/// <param name="Width">Pixels, at least 1, after the orientation in the file was applied.</param>
/// <param name="Height">Pixels, at least 1.</param>
public sealed record ImageFacts(int Width, int Height);

/// <summary>
/// Decodes untrusted image bytes to see whether they are an image. Content never decodes; the node lends its confined decoder.
/// </summary>
public interface IImageProbe
{
    /// <exception cref="Core.Errors.FarmException"><c>ERR_IMAGE_UNREADABLE</c> for bytes that are no image,
    /// <c>ERR_IMAGE_TOO_LARGE</c> past <see cref="Core.Limits.ImagePixelsMax"/>.</exception>
    ValueTask<ImageFacts> ProbeAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation);

    /// <summary>The same of an image that a film will show: whoever decodes it may keep what comes out for those who draw it.</summary>
    /// <param name="canvas">Of the film.</param>
    /// <exception cref="Core.Errors.FarmException">As <see cref="ProbeAsync"/>.</exception>
    async ValueTask RequireAsync(ArtifactId image, ReadOnlyMemory<byte> bytes, Canvas canvas, CancellationToken cancellation) =>
        _ = await ProbeAsync(bytes, cancellation);

    /// <summary>Judges the scenes of a storyboard by the sizes of their images, before any of them is decoded.</summary>
    /// <param name="storyboard">With its assets resolved.</param>
    /// <returns>For each scene the capability that a node needs to hold its pictures; null where any node can.</returns>
    /// <exception cref="Core.Errors.FarmException"><c>ERR_SCENE_TOO_LARGE</c>: this node cannot hold them, and there is no other.</exception>
    ValueTask<ImmutableArray<string?>> JudgeSizesAsync(Storyboard storyboard, IArtifactIo io, CancellationToken cancellation);
}
