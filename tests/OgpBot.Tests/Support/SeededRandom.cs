using System.Security.Cryptography;

namespace OgpBot.Tests.Support;

/// <summary>The same chance in each run.</summary>
internal sealed class SeededRandom(int seed = 1) : RandomNumberGenerator
{
    private readonly Random random = new(seed);

    public override void GetBytes(byte[] data)
    {
        lock (random)
        {
            random.NextBytes(data);
        }
    }
}
