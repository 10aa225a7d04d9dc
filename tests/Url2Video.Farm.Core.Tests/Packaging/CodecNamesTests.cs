using Url2Video.Farm.Core.Packaging.Rules;

namespace Url2Video.Farm.Core.Tests.Packaging;

/// <summary>Names of codecs as others write them, and sound whose name is in its configuration.</summary>
public sealed class CodecNamesTests
{
    [Theory]
    [InlineData("avc1.64001F", "avc1.64001f", true)]
    [InlineData("avc1.640028", "avc1.64001f", false)]
    [InlineData("avc3.64001f", "avc1.64001f", false)]
    [InlineData("mp4a.40.02", "mp4a.40.2", true)]
    [InlineData("mp4a.40.5", "mp4a.40.2", false)]
    [InlineData("av01.0.04M.08", "av01.0.04M.08", true)]
    [InlineData("av01.0.04M.08.0.110.01.01.01.0", "av01.0.04M.08", true)]
    [InlineData("av01.0.05M.08.0.110.01.01.01.0", "av01.0.04M.08", false)]
    [InlineData("hvc1.1.6.L93.B0", "hvc1.1.6.L93.B0", true)]
    [InlineData("hvc1.1.6.L93.B0.00.00", "hvc1.1.6.L93.B0", true)]
    [InlineData("hvc1.1.4.L150.B01", "hvc1.1.6.L150.90", false)]
    [InlineData("stpp.ttml.im1t", "stpp", true)]
    [InlineData("wvtt", "stpp", false)]
    [InlineData("", "stpp", false)]
    public void IsSame_TakesWhatIsOptional_AndNoMore(string told, string real, bool isSame) => Assert.Equal(isSame, CodecNames.IsSame(told, real));

    [Theory]
    [InlineData("avc1.64001f,mp4a.40.2", false)]
    [InlineData("mp4a.40.2", true)]
    [InlineData("ec-3, mp4a.40.29", true)]
    [InlineData("", false)]
    public void AreOfSound_NeedsNothingButSound(string told, bool isSound) => Assert.Equal(isSound, CodecNames.AreOfSound(told));

    // AudioSpecificConfig of ISO/IEC 14496-3: LC in stereo, then with band replication in three ways, then xHE-AAC.
    [Theory]
    [InlineData("1190", "mp4a.40.2", 2)]
    [InlineData("11B0", "mp4a.40.2", 6)]
    [InlineData("11B8", "mp4a.40.2", 8)]
    [InlineData("1188", "mp4a.40.2", 1)]
    [InlineData("1310", "mp4a.40.2,mp4a.40.5,mp4a.40.29", 0)]
    [InlineData("131056E598", "mp4a.40.2,mp4a.40.5,mp4a.40.29", 0)]
    [InlineData("119056E500", "mp4a.40.2,mp4a.40.5,mp4a.40.29", 0)]
    [InlineData("2B118800", "mp4a.40.5,mp4a.40.29", 0)]
    [InlineData("EB098800", "mp4a.40.29,mp4a.40.5", 0)]
    [InlineData("F94640", "mp4a.40.42", 0)]
    public void AudioEntry_OfAnAacConfiguration_HasAllNamesThatAreRight(string config, string names, int channels)
    {
        var read = AudioEntry.Read("mp4a", Entry(0x40, Convert.FromHexString(config)));

        Assert.Equal(names.Split(','), read.Codecs);
        Assert.Equal(channels, read.Channels);
    }

    [Fact]
    public void AudioEntry_OfOtherCodecs_HasTheirNames()
    {
        Assert.Equal("mp4a.6B", Assert.Single(AudioEntry.Read("mp4a", Entry(0x6B, [])).Codecs));
        Assert.Equal("ec-3", Assert.Single(AudioEntry.Read("ec-3", []).Codecs));
        Assert.Empty(AudioEntry.Read("mp4a", []).Codecs);
        Assert.Empty(AudioEntry.Read("what", [1, 2, 3]).Codecs);
        Assert.Throws<InvalidDataException>(() => AudioEntry.Read("mp4a", Entry(0x40, [])));
    }

    private static byte[] Entry(byte type, byte[] specific)
    {
        var (decoder, esds) = ((byte)(13 + 2 + specific.Length), (byte)(12 + 7 + 15 + specific.Length));
        return [.. new byte[28], 0, 0, 0, esds, .. "esds"u8, 0, 0, 0, 0, 3, (byte)(5 + decoder), 0, 0, 0, 4, decoder, type, .. new byte[12], 5, (byte)specific.Length, .. specific];
    }
}
