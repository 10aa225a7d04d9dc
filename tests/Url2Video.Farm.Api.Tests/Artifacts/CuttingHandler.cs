namespace Url2Video.Farm.Api.Tests.Artifacts;

/// <summary>Breaks connections in the middle of a body, after random counts of bytes, a given number of times. Seeded.</summary>
internal sealed class CuttingHandler(int seed, int cuts, int bytesMax) : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly Random _random = new(seed);
    private int _left = cuts;

    public int Cuts { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Put && request.Content is { } content && TryCut(out var after))
        {
            var cut = new StreamContent(new CutStream(await content.ReadAsStreamAsync(cancellationToken), after));
            cut.Headers.ContentLength = content.Headers.ContentLength;
            request.Content = cut;
        }

        var answer = await base.SendAsync(request, cancellationToken);
        if (request.Method == HttpMethod.Get && answer.Content.Headers.ContentLength > bytesMax && TryCut(out after))
        {
            var body = new StreamContent(new CutStream(await answer.Content.ReadAsStreamAsync(cancellationToken), after));
            foreach (var header in answer.Content.Headers)
            {
                body.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }

            answer.Content = body;
        }

        return answer;
    }

    private bool TryCut(out int after)
    {
        after = _random.Next(0, bytesMax);
        if (_left == 0)
        {
            return false;
        }

        _left--;
        Cuts++;
        return true;
    }

    private sealed class CutStream(Stream inner, int after) : Stream
    {
        private int _left = after;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_left <= 0)
            {
                throw new IOException("The cable was pulled.");
            }

            var read = await inner.ReadAsync(buffer[..Math.Min(buffer.Length, _left)], cancellationToken);
            _left -= read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
