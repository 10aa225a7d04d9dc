namespace Url2Video.Farm.Core.Quality;

/// <summary>What was counted in the film itself.</summary>
/// <param name="Frames">As they are in the file.</param>
/// <param name="IsConstant">Each is as long as the frame rate says.</param>
public readonly record struct CodedPictures(long Frames, bool IsConstant);
