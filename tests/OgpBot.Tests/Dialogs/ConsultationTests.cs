using System.Globalization;
using OgpBot.Dialogs;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Dialogs;

/// <summary>Whole local days, both included, whatever the offset of the day.</summary>
public sealed class ConsultationTests
{
    [Theory]
    [InlineData("2026-07-05T05:59:59Z", OpeningState.NotYet)]
    [InlineData("2026-07-05T06:00:00Z", OpeningState.Open)]
    [InlineData("2026-08-01T05:59:59Z", OpeningState.Open)]
    [InlineData("2026-08-01T06:00:00Z", OpeningState.Paused)]
    [InlineData("2026-08-04T05:59:59Z", OpeningState.Paused)]
    [InlineData("2026-08-04T06:00:00Z", OpeningState.Open)]
    [InlineData("2026-09-06T05:59:59Z", OpeningState.Open)]
    [InlineData("2026-09-06T06:00:00Z", OpeningState.Closed)]
    public void Days_are_local_and_both_included(string moment, OpeningState state) => Load().OpeningAt(At(moment)).State.ShouldBe(state);

    [Theory]
    [InlineData("2026-09-06T05:59:59Z", "2026-09-07T05:59:59Z", true)]
    [InlineData("2026-09-06T05:59:59Z", "2026-09-07T06:00:00Z", false)]
    [InlineData("2026-09-06T06:00:00Z", "2026-09-06T07:00:00Z", false)]
    [InlineData("2026-08-01T05:59:59Z", "2026-08-02T05:59:59Z", true)]
    [InlineData("2026-08-01T05:59:59Z", "2026-08-02T06:00:00Z", false)]
    public void A_summary_shown_in_time_may_be_sent_for_the_grace(string shown, string sent, bool may) => Load().MaySend(At(sent), At(shown)).ShouldBe(may);

    [Fact]
    public void Without_dates_it_is_open() => DialogFolder.Load(Repository.Dialogs).Consultation.OpeningAt(TestClock.Start).State.ShouldBe(OpeningState.Open);

    private static Consultation Load()
    {
        using var folder = new TemporaryFolder();
        var dialogs = folder.CopyDialogs();
        var file = Path.Combine(dialogs, "consultation.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("pauses: []", """
            opens: 2026-07-05
            closes: 2026-09-05
            pauses:
              - {from: 2026-08-01, until: 2026-08-03, stops: submissions, reason: {es: prueba, en: test}}
              - {from: 2026-07-10, until: 2026-07-20, reason: {es: publicidad, en: publicity}}
            """, StringComparison.Ordinal));
        return DialogFolder.Load(dialogs).Consultation;
    }

    private static DateTimeOffset At(string moment) => DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture);
}
