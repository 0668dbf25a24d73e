using System.Buffers.Text;
using System.Text;

namespace OgpBot.Benchmarks;

/// <summary>One HTTP/1.1 answer as it lies in the connection's buffer; valid until that connection's next call.</summary>
internal readonly record struct HttpAnswer(int Status, ReadOnlyMemory<byte> Body, bool Closes)
{
    private static ReadOnlySpan<byte> LastChunk => "\r\n0\r\n\r\n"u8;

    /// <summary>False while a part is still to come. A chunked body is put together in place, once it is whole.</summary>
    public static bool TryParse(Memory<byte> received, out HttpAnswer answer)
    {
        answer = default;
        var bytes = received.Span;
        var headEnd = bytes.IndexOf("\r\n\r\n"u8);
        if (headEnd < 0) return false;

        var head = bytes[..headEnd];
        var body = received[(headEnd + 4)..];
        int length;
        if (Header(head, "Transfer-Encoding"u8).SequenceEqual("chunked"u8))
        {
            // One call at a time is under way and JSON has no bare line ends, so these bytes can only be the end.
            if (!bytes[headEnd..].EndsWith(LastChunk)) return false;
            length = JoinChunks(body.Span);
        }
        else
        {
            _ = Utf8Parser.TryParse(Header(head, "Content-Length"u8), out length, out _);
            if (body.Length < length) return false;
        }

        if (!Utf8Parser.TryParse(head["HTTP/1.1 ".Length..], out int status, out _)) throw new InvalidDataException("Not an HTTP/1.1 answer.");
        answer = new HttpAnswer(status, body[..length], Header(head, "Connection"u8).SequenceEqual("close"u8));
        return true;
    }

    private static int JoinChunks(Span<byte> body)
    {
        int from = 0, to = 0;
        while (Utf8Parser.TryParse(body[from..], out int size, out var digits, 'x') && size > 0)
        {
            from += digits + 2;
            body.Slice(from, size).CopyTo(body[to..]);
            from += size + 2;
            to += size;
        }

        return to;
    }

    private static ReadOnlySpan<byte> Header(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        foreach (var range in head.Split("\r\n"u8))
        {
            var line = head[range];
            if (line.Length > name.Length && line[name.Length] == ':' && Ascii.EqualsIgnoreCase(line[..name.Length], name))
                return line[(name.Length + 1)..].Trim((byte)' ');
        }

        return [];
    }
}
