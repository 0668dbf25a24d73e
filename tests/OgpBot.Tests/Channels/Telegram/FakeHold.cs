using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>Keeps a manual clock from moving by itself while the server works, but not while a poll only waits.</summary>
internal sealed class FakeHold(ManualClock? clock) : IDisposable
{
    private IDisposable? held = clock?.Hold();

    internal void Release() => held?.Dispose();

    internal void Take()
    {
        held?.Dispose();
        held = clock?.Hold();
    }

    public void Dispose() => Release();
}
