using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Media.Tests.FFmpeg;

/// <summary>Reported as skipped, never as passed, where the FFmpeg libraries are not installed.</summary>
public sealed class RequiresFFmpegFactAttribute : FactAttribute
{
    public RequiresFFmpegFactAttribute() => Skip = FFmpegLibrary.Refusal;
}

/// <inheritdoc cref="RequiresFFmpegFactAttribute"/>
public sealed class RequiresFFmpegTheoryAttribute : TheoryAttribute
{
    public RequiresFFmpegTheoryAttribute() => Skip = FFmpegLibrary.Refusal;
}

/// <summary>
/// These tests count live native objects of the whole process, so they run one after the other.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FFmpegCollection
{
    public const string Name = "FFmpeg";
}
