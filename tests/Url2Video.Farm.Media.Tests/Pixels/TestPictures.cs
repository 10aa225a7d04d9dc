using Url2Video.Farm.Media.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Pixels;

/// <summary>Pictures made by arithmetic: the same on every machine.</summary>
internal static class TestPictures
{
    /// <summary>Every plane filled with noise over the full byte range, so that every clamp is met.</summary>
    public static YuvImage Noise(int width, int height, int seed)
    {
        var image = new YuvImage(width, height);
        var random = new Random(seed);
        for (var y = 0; y < height; y++)
        {
            random.NextBytes(image.RowY(y));
        }

        for (var y = 0; y < height / 2; y++)
        {
            random.NextBytes(image.RowU(y));
            random.NextBytes(image.RowV(y));
        }

        return image;
    }

    /// <summary>A ridge of luma, 20 pixels wide, on 16, leaning by 3/8 pixel a row; chroma is neutral.</summary>
    public static YuvImage Ridge(int width, int height, int centre)
    {
        var image = new YuvImage(width, height);
        image.Fill(16, 128, 128);
        for (var y = 0; y < height; y++)
        {
            var row = image.RowY(y);
            for (var x = 0; x < width; x++)
            {
                var eighths = (8 * (x - centre)) - (3 * y);
                row[x] = (byte)(16 + (Math.Max(0, 6_400 - (eighths * eighths)) * 210 / 6_400));
            }
        }

        return image;
    }

    /// <summary>Of the light above 16, across all rows.</summary>
    public static double CentreOfGravity(YuvImage image)
    {
        double moment = 0, mass = 0;
        for (var y = 0; y < image.Height; y++)
        {
            var row = image.RowY(y);
            for (var x = 0; x < row.Length; x++)
            {
                moment += (double)x * (row[x] - 16);
                mass += row[x] - 16;
            }
        }

        return moment / mass;
    }

    public static void AssertSame(YuvImage expected, YuvImage actual)
    {
        for (var y = 0; y < expected.Height; y++)
        {
            AssertSameRow(expected.RowY(y), actual.RowY(y), "Y", y);
        }

        for (var y = 0; y < expected.Height / 2; y++)
        {
            AssertSameRow(expected.RowU(y), actual.RowU(y), "U", y);
            AssertSameRow(expected.RowV(y), actual.RowV(y), "V", y);
        }
    }

    public static string Hash(YuvImage image)
    {
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        for (var y = 0; y < image.Height; y++)
        {
            hash.AppendData(image.RowY(y));
        }

        for (var y = 0; y < image.Height / 2; y++)
        {
            hash.AppendData(image.RowU(y));
            hash.AppendData(image.RowV(y));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AssertSameRow(Span<byte> expected, Span<byte> actual, string plane, int y)
    {
        var x = expected.CommonPrefixLength(actual);
        Assert.True(x == expected.Length, x == expected.Length ? "" : $"{plane}({x},{y}): expected {expected[x]}, got {actual[x]}");
    }
}
