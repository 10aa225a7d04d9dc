using System.Collections.Immutable;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>An effect that is not the compositor's own. What it does must follow from frame, picture and what it was opened with.</summary>
public interface IFrameFilter : IDisposable
{
    /// <param name="frame">Counted from the start of the shot; in any order.</param>
    /// <param name="image">Changed in place.</param>
    void Apply(long frame, YuvImage image);
}

/// <summary>Where filters come from.</summary>
public interface IFilterSource
{
    IFrameFilter Open(FilterUse use, int width, int height, FrameRate rate);
}

/// <summary>A filter as a shot asks for it.</summary>
/// <param name="Identity">Of the very filter, for a source that may have others of its name.</param>
/// <param name="Id">Its name, for <see cref="IFilterSource.Open"/>.</param>
/// <param name="Scene">For messages.</param>
public sealed record FilterUse(string Id, string Identity, string Scene, ImmutableArray<(string Name, int Value)> Parameters, ulong Seed);

/// <summary>A filter among the effects of a shot.</summary>
internal sealed class FilterEffect(IFrameFilter filter) : IShotEffect
{
    public void Draw(long frame, YuvImage image) => filter.Apply(frame, image);

    public void Dispose() => filter.Dispose();
}
