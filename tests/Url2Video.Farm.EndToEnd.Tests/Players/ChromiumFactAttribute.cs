using Url2Video.Farm.Tests.Packages;

namespace Url2Video.Farm.EndToEnd.Tests.Players;

/// <summary>A test that needs a browser; skipped, visibly, where Chromium or the ffmpeg programs are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute() => Skip =
        !BrowserPlayer.IsAvailable ? $"{BrowserPlayer.ChromiumPath} is not installed"
        : !MediaPrograms.Exist ? "the ffmpeg and ffprobe programs are not installed"
        : null;
}

/// <inheritdoc cref="ChromiumFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumTheoryAttribute : TheoryAttribute
{
    public ChromiumTheoryAttribute() => Skip = new ChromiumFactAttribute().Skip;
}
