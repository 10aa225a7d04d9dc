using System.Buffers.Binary;
using System.Collections.Immutable;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Content.Tests.Support;

/// <summary>Reads sizes from PNG and JPEG headers: enough of a decoder for tests, and it refuses what is neither.</summary>
internal sealed class HeaderProbe : IImageProbe
{
    public ValueTask<ImageFacts> ProbeAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        var facts = Png(bytes.Span) ?? Jpeg(bytes.Span) ?? throw new FarmException(
            ErrorCodes.ImageUnreadable, "The bytes are not an image.");
        return (long)facts.Width * facts.Height <= Limits.ImagePixelsMax
            ? ValueTask.FromResult(facts)
            : throw new FarmException(ErrorCodes.ImageTooLarge, $"{facts.Width}×{facts.Height} is too large.");
    }

    /// <summary>The second scene, where there is one, is told to be large.</summary>
    public ValueTask<ImmutableArray<string?>> JudgeSizesAsync(Storyboard storyboard, IArtifactIo io, CancellationToken cancellation) =>
        ValueTask.FromResult<ImmutableArray<string?>>([.. storyboard.Scenes.Select((_, i) => i == 1 ? SecondNeeds : null)]);

    /// <summary>What the second scene of a storyboard needs.</summary>
    public string? SecondNeeds { get; init; }

    /// <summary>A PNG header of a given size; the pixels are never looked at.</summary>
    public static byte[] PngOf(int width, int height, byte salt = 0)
    {
        byte[] png = [
            0x89,
            0x50,
            0x4E,
            0x47,
            0x0D,
            0x0A,
            0x1A,
            0x0A,
            0,
            0,
            0,
            13,
            0x49,
            0x48,
            0x44,
            0x52,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            8,
            2,
            0,
            0,
            0,
            salt];
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        return png;
    }

    private static ImageFacts? Png(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 24 && bytes[..4].SequenceEqual((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47])
        ? new ImageFacts(BinaryPrimitives.ReadInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadInt32BigEndian(bytes[20..]))
        : null;

    private static ImageFacts? Jpeg(ReadOnlySpan<byte> bytes)
    {
        for (var i = 2; bytes is [0xFF, 0xD8, ..] && i + 9 < bytes.Length
            && bytes[i] == 0xFF; i += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(i + 2)..]))
        {
            if (bytes[i + 1] is 0xC0 or 0xC1 or 0xC2)
            {
                return new ImageFacts(
                    BinaryPrimitives.ReadUInt16BigEndian(bytes[(i + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(i + 5)..]));
            }
        }

        return null;
    }
}
