using Url2Video.Farm.Core.Packaging.Cmaf;

namespace Url2Video.Farm.Core.Tests.Packaging;

/// <summary>Pictures that are none, behind parameter sets that are real.</summary>
internal static class Samples
{
    // x264, High, level 1.2, 256x144, 30 fps, bt709, two frames reordered; as the encoder gave them.
    public static readonly byte[] Sps = Convert.FromHexString("6764000CACD941013B016A02020280000003008000001E078A14CB");

    public static readonly byte[] Pps = Convert.FromHexString("68EFBCB0");

    public static readonly AvcConfig Config = AvcConfig.From([0, 0, 0, 1, .. Sps, 0, 0, 1, .. Pps]);

    /// <summary>Segments of three frames, each decoded first, last, middle.</summary>
    public static CodedSample[] Of(int frames) => [.. Enumerable.Range(0, frames).Select(index =>
    {
        var (start, place) = (index / 3 * 3, index % 3);
        byte[] data = [0, 0, 0, 2, (byte)(place == 0 ? 0x65 : 0x41), (byte)place];
        return new CodedSample(data, start + (place == 0 ? 0 : 3 - place), place == 0);
    })];
}
