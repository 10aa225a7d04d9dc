namespace Url2Video.Farm.Media.Audio.Music;

/// <summary>Music that is heard from its beginning, block after block.</summary>
internal interface IMusic
{
    /// <summary>The next frames, interleaved, 24-bit scale; overwrites <paramref name="stereo"/>.</summary>
    void Next(Span<int> stereo);
}
