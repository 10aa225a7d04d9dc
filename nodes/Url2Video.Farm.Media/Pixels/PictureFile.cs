using System.Buffers.Binary;
using System.Globalization;
using System.IO.MemoryMappedFiles;

namespace Url2Video.Farm.Media.Pixels;

/// <summary>
/// A picture in a file, as it lies in memory: processes that map it share one copy, and none of them decodes it again. Whoever changes a mapped picture
/// changes its own copy alone.
/// </summary>
public static unsafe class PictureFile
{
    private const ulong Magic = 0x31_43_49_50_56_32_55_01; // The layout of YuvImage is part of it: another layout is another number.

    /// <summary>A page, so that what follows lies on the boundary that pictures want.</summary>
    private const int HeadBytes = 4096;

    private const int BlockBytes = 256 * 1024;

    /// <summary>What a file of a picture takes.</summary>
    public static long BytesOf(int width, int height) => HeadBytes + YuvImage.BytesOf(width, height);

    /// <summary>
    /// The file appears under its name when it is whole. It is not flushed: what a power cut leaves under the name may have the length and the head of a picture and other
    /// pixels, so it is for folders that are swept before they are used again.
    /// </summary>
    /// <exception cref="IOException">The disk is full, say.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public static void Write(string path, YuvImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var temporary = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                // Written, not mapped: a full disk is an error of a write, and the end of whoever has it mapped.
                var block = new byte[BlockBytes];
                BinaryPrimitives.WriteUInt64LittleEndian(block, Magic);
                BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(8), image.Width);
                BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(12), image.Height);
                stream.Write(block, 0, HeadBytes);
                Write(stream, image.Y, image.StrideY, image.Width, image.Height, block);
                Write(stream, image.U, image.StrideC, image.Width / 2, image.Height / 2, block);
                Write(stream, image.V, image.StrideC, image.Width / 2, image.Height / 2, block);
                stream.SetLength(BytesOf(image.Width, image.Height));
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Null when there is none, or something else under its name.</summary>
    public static YuvImage? TryMap(string path)
    {
        View? view = null;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (stream.Length <= HeadBytes)
            {
                return null;
            }

            // The view outlives the rest.
            using var all = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.CopyOnWrite, HandleInheritability.None, leaveOpen: true);
            view = new View(all, MemoryMappedFileAccess.CopyOnWrite);
            var head = new ReadOnlySpan<byte>(view.Memory, HeadBytes);
            var (width, height) = (BinaryPrimitives.ReadInt32LittleEndian(head[8..]), BinaryPrimitives.ReadInt32LittleEndian(head[12..]));
            if (BinaryPrimitives.ReadUInt64LittleEndian(head) == Magic && IsSide(width) && IsSide(height) && stream.Length == BytesOf(width, height))
            {
                var image = new YuvImage(width, height, view.Memory + HeadBytes, view);
                view = null;
                return image;
            }

            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        finally
        {
            view?.Dispose();
        }
    }

    private static bool IsSide(int side) => side is >= 2 and <= 16384 && side % 2 == 0;

    // Pixels alone: what lies between rows is nobody's.
    private static void Write(FileStream to, byte* plane, int stride, int width, int rows, byte[] block)
    {
        Array.Clear(block);
        var atOnce = block.Length / stride;
        for (var first = 0; first < rows; first += atOnce)
        {
            var count = Math.Min(atOnce, rows - first);
            for (var y = 0; y < count; y++)
            {
                new ReadOnlySpan<byte>(plane + ((nint)stride * (first + y)), width).CopyTo(block.AsSpan(y * stride));
            }

            to.Write(block, 0, count * stride);
        }
    }

    private sealed class View : IDisposable
    {
        private readonly MemoryMappedViewAccessor _view;
        private bool _isOver;

        public View(MemoryMappedFile file, MemoryMappedFileAccess access)
        {
            _view = file.CreateViewAccessor(0, 0, access);
            byte* memory = null;
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref memory);
            Memory = memory;
        }

        public byte* Memory { get; }

        public void Dispose()
        {
            if (!_isOver)
            {
                _isOver = true;
                _view.SafeMemoryMappedViewHandle.ReleasePointer();
                _view.Dispose();
            }
        }
    }
}
