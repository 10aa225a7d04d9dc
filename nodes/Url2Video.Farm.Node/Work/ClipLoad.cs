using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Node.Work;

/// <summary>What the decoders of clips take at once: those of a scene and, while it comes in, those of the scene before it.</summary>
internal sealed class ClipLoad
{
    private long _before, _now;

    /// <summary>The next scene of the film; it may have no clips.</summary>
    public void BeginScene() => (_before, _now) = (_now, 0);

    /// <param name="name">Of the clip, as the subject of a sentence.</param>
    /// <exception cref="FarmException"><c>ERR_TOO_LARGE</c>: it is one too many.</exception>
    public void Add(long codedPixels, string name)
    {
        _now += codedPixels;
        if (_before + _now > Limits.ClipPixelsAtOnceMax)
        {
            throw new FarmException(
                ErrorCodes.TooLarge,
                $"{name} is too much at once: with the other clips of its scene and of the one before it, it has {_before + _now} pixels; {Limits.ClipPixelsAtOnceMax} are allowed.",
                "Scale the clips down, use fewer of them, or put a scene without clips between.");
        }
    }
}
