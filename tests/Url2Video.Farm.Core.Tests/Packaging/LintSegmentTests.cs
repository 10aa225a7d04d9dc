using System.Buffers.Binary;
using Url2Video.Farm.Core.Packaging.Cmaf;
using Url2Video.Farm.Core.Packaging.Rules;

namespace Url2Video.Farm.Core.Tests.Packaging;

/// <summary>Segments whose heads say what cannot be are refused, and not for ever.</summary>
public sealed class LintSegmentTests
{
    private const string Second = "media/144p/00002.m4s";

    [Fact]
    public void Segment_WhoseSamplesLieInEachOther_IsRefused()
    {
        var file = SyntheticPackage.Make()[Second];
        var sizes = SyntheticPackage.IndexOf(file, "trun") + 16;
        var mdat = file.Length - SyntheticPackage.IndexOf(file, "mdat") - 4;
        // Every sample becomes as large as all of them: the first fits, the sum does not.
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(sizes + 4), (uint)mdat);
        for (var sample = 1; sample < 64; sample++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(sizes + 16 * sample + 4), 0);
        }

        Assert.Equal(64, new FragmentReader(Init(), new LintBudget()).Read(file).Samples.Length);
        // A second run over the same bytes.
        var twice = Twice(file);

        Assert.Contains("in each other", Assert.Throws<InvalidDataException>(() => new FragmentReader(Init(), new LintBudget()).Read(twice)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Segment_WithAFaultInEveryFragment_SaysItAFewTimes()
    {
        var good = SyntheticPackage.Make()[Second];
        var fragment = good[(SyntheticPackage.IndexOf(good, "moof") - 4)..];
        var file = Enumerable.Repeat(fragment, 500).SelectMany(f => f).ToArray();

        var read = new FragmentReader(Init(), new LintBudget()).Read(file);

        Assert.Equal(500, read.Numbers.Length);
        Assert.InRange(read.Faults.Length, 1, 4 * Limits.LintFaultsPerRuleMax);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MaxValue - 8)]
    [InlineData(1L << 40)]
    public void Segment_WhoseBaseIsFarBeyondTheFile_IsRefused(long offset)
    {
        var file = SyntheticPackage.Make()[Second];
        var at = SyntheticPackage.IndexOf(file, "tfhd");
        // The head gets a base of eight bytes, for which the boxes round it become longer.
        byte[] changed = [.. file[..(at + 12)], .. BitConverter.GetBytes(offset).Reverse(), .. file[(at + 12)..]];
        changed[at + 7] |= 1;
        foreach (var box in (string[])["tfhd", "traf", "moof"])
        {
            var size = changed.AsSpan(SyntheticPackage.IndexOf(changed, box) - 4);
            BinaryPrimitives.WriteUInt32BigEndian(size, BinaryPrimitives.ReadUInt32BigEndian(size) + 8);
        }

        Assert.Contains("beyond the file", Assert.Throws<InvalidDataException>(() => new FragmentReader(Init(), new LintBudget()).Read(changed)).Message, StringComparison.Ordinal);
    }

    private static FragmentInit Init() => FragmentInit.Read(SyntheticPackage.Make()["media/144p/init.mp4"]);

    // The moof gets its trun a second time, over the same data.
    private static byte[] Twice(byte[] file)
    {
        var at = SyntheticPackage.IndexOf(file, "trun") - 4;
        var length = (int)BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
        byte[] changed = [.. file[..(at + length)], .. file.AsSpan(at, length), .. file[(at + length)..]];
        foreach (var box in (string[])["traf", "moof"])
        {
            var size = changed.AsSpan(SyntheticPackage.IndexOf(changed, box) - 4);
            BinaryPrimitives.WriteUInt32BigEndian(size, BinaryPrimitives.ReadUInt32BigEndian(size) + (uint)length);
        }

        foreach (var run in (int[])[at, at + length])
        {
            var offset = changed.AsSpan(run + 16);
            BinaryPrimitives.WriteUInt32BigEndian(offset, BinaryPrimitives.ReadUInt32BigEndian(offset) + (uint)length);
        }

        return changed;
    }
}
