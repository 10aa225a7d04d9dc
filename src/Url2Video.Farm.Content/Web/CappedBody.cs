using System.IO.Compression;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Content.Web;

/// <summary>
/// Reads a response body whole, counting both what comes over the wire and what it inflates to, and stops at the first byte too
/// many.
/// </summary>
internal static class CappedBody
{
    private const int PartBytes = 64 * 1024;

    /// <param name="encodings">Content-Encoding as sent, outermost last.</param>
    /// <exception cref="FarmException"><c>ERR_TOO_LARGE</c>; <c>ERR_FORMAT</c> for an encoding that was not asked for or data that
    /// does not inflate.</exception>
    public static async Task<byte[]> ReadAsync(
        Stream wire, ICollection<string> encodings, FetchPolicy policy, string host, CancellationToken cancellation)
    {
        Stream body = new CountingStream(wire, policy.WireBytesMax, host);
        if (encodings.Count > 1)
        {
            throw Unreadable(host, "is compressed more than once");
        }

        foreach (var encoding in encodings)
        {
            body = encoding.ToLowerInvariant() switch
            {
                "identity" or "" => body,
                "gzip" or "x-gzip" => new GZipStream(body, CompressionMode.Decompress),
                "deflate" => new ZLibStream(body, CompressionMode.Decompress),
                "br" => new BrotliStream(body, CompressionMode.Decompress),
                _ => throw Unreadable(host, $"has the unknown encoding {encoding}"),
            };
        }

        try
        {
            using var whole = new MemoryStream();
            var part = new byte[PartBytes];
            int read;
            while ((read = await body.ReadAsync(part, cancellation)) > 0)
            {
                if (whole.Length + read > policy.BytesMax)
                {
                    throw CountingStream.TooLarge(host, policy.BytesMax);
                }

                whole.Write(part, 0, read);
            }

            return whole.ToArray();
        }
        catch (InvalidDataException e)
        {
            throw Unreadable(host, "does not inflate", e);
        }
        finally
        {
            await body.DisposeAsync();
        }
    }

    private static FarmException Unreadable(string host, string what, Exception? cause = null) =>
        new(ErrorCodes.Format, $"The answer of {host} {what}.", null, false, cause);

    private sealed class CountingStream(Stream inner, int bytesMax, string host) : Stream
    {
        private long _bytes;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _bytes; set => throw new NotSupportedException(); }

        public static FarmException TooLarge(string host, int bytesMax) => new(
            ErrorCodes.TooLarge, $"The answer of {host} is longer than {bytesMax / (1024 * 1024.0):0.#} MiB.", "Save the part you want as a file and render that.");

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Counted(await inner.ReadAsync(buffer, cancellationToken));

        public override int Read(byte[] buffer, int offset, int count) => Counted(inner.Read(buffer, offset, count));

        public override void Flush() => inner.Flush();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }

        private int Counted(int read)
        {
            _bytes += read;
            return _bytes > bytesMax ? throw TooLarge(host, bytesMax) : read;
        }
    }
}
