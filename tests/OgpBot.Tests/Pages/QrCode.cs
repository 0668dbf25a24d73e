using System.Text;
using System.Text.RegularExpressions;

namespace OgpBot.Tests.Pages;

/// <summary>
/// Reads a QR code of version 5, level L (ISO/IEC 18004) from the squares of an SVG path, as a camera's program does: format, mask, codewords, text. That the
/// squares are read by other programs too was tried with jsQR 1.4.
/// </summary>
internal static partial class QrCode
{
    private const int Side = 37;
    private const int DataWords = 108;

    internal static string Read(string path)
    {
        var dark = new bool[Side, Side];
        foreach (Match square in Square().Matches(path))
        {
            dark[int.Parse(square.Groups["x"].ValueSpan), int.Parse(square.Groups["y"].ValueSpan)] = true;
        }

        Format(dark).ShouldBe(0x77c4, "level L and mask 0, with their correction");
        var bits = new List<bool>();
        for (var right = Side - 1; right > 0; right -= right == 8 ? 3 : 2)
        {
            for (var step = 0; step < Side; step++)
            {
                foreach (var x in new[] { right, right - 1 })
                {
                    // The columns go up and down in turn, beginning upwards.
                    var y = (Side - 1 - (right > 6 ? right : right + 1)) / 2 % 2 == 0 ? Side - 1 - step : step;
                    if (!IsFunction(x, y))
                    {
                        bits.Add(dark[x, y] != ((x + y) % 2 == 0));
                    }
                }
            }
        }

        var words = bits.Chunk(8).Where(word => word.Length == 8).Select(word => word.Aggregate(0, (sum, bit) => (sum << 1) | (bit ? 1 : 0))).ToList();
        words.Count.ShouldBe(134);
        Enumerable.Range(0, 26).ShouldAllBe(power => SyndromeOf(words, power) == 0, "all codewords fit their correction");
        (words[0] >> 4).ShouldBe(4, "bytes");
        var halves = words.Take(DataWords).SelectMany(word => new[] { word >> 4, word & 15 }).Skip(1).ToList();
        var length = halves[0] << 4 | halves[1];
        return Encoding.UTF8.GetString([.. halves.Skip(2).Take(2 * length).Chunk(2).Select(pair => (byte)(pair[0] << 4 | pair[1]))]);
    }

    private static int Format(bool[,] dark)
    {
        (int X, int Y)[] places = [.. Enumerable.Range(0, 6).Select(y => (8, y)), (8, 7), (8, 8), (7, 8), .. Enumerable.Range(0, 6).Select(at => (5 - at, 8))];
        return places.Select((place, bit) => dark[place.X, place.Y] ? 1 << bit : 0).Sum();
    }

    private static bool IsFunction(int x, int y) => x == 6 || y == 6
        || (x < 9 && y < 9) || (x > Side - 9 && y < 9) || (x < 9 && y > Side - 9)
        || (Math.Abs(x - 30) <= 2 && Math.Abs(y - 30) <= 2);

    // The polynomial of the codewords at a power of the field's generator.
    private static int SyndromeOf(List<int> words, int power)
    {
        var point = 1;
        for (; power > 0; power--)
        {
            point = Times(point, 2);
        }

        return words.Aggregate(0, (sum, word) => Times(sum, point) ^ word);
    }

    private static int Times(int a, int b)
    {
        var product = 0;
        for (; b > 0; b >>= 1)
        {
            product ^= (b & 1) * a;
            a = (a << 1) ^ ((a >> 7) * 0x11d);
        }

        return product;
    }

    [GeneratedRegex(@"M(?<x>\d+) (?<y>\d+)h1v1h-1z")]
    private static partial Regex Square();
}
