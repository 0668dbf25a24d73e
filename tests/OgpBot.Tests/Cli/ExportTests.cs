using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OgpBot.Storage;
using OgpBot.Submissions;
using OgpBot.Submissions.Contacts;
using OgpBot.Submissions.Export;
using OgpBot.Submissions.Review;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Cli;

/// <summary>What staff get: the exported file, byte by byte.</summary>
public sealed class ExportTests(ExportTests.Stored stored) : IClassFixture<ExportTests.Stored>
{
    private const string First = "folio,received_at,consultation,channel,language,axis,scope,borough,place,problem,proposal,review_state";
    private const string Header = First + ",source,criteria_marks,criteria_reasons,adds_to,corrected_at,withdrawn_at,also_said,in_review_at,needs_changes_at,selected_at,not_selected_at,duplicate_of_at";

    /// <summary>Texts that a spreadsheet would take for a formula, and some that only look like it.</summary>
    private static readonly (string Text, bool Dangerous)[] Cells =
    [
        ("=1+1", true),
        ("+5255", true),
        ("-1", true),
        ("@SUMA(A1)", true),
        ("\tx", true),
        ("\rx", true),
        ("\nx", true),
        (" =1", true),
        ("\u00A0=1", true),
        ("\u3000 =1", true),
        ("\u202F=1", true),
        ("\u2003@x", true),
        ("\u200F=1", true),
        (" \t=1", true),
        ("＝1", true),
        ("＋1", true),
        ("－1", true),
        ("＠x", true),
        ("'=1", false),
        ("a=1", false),
        ("uno, \"dos\" y\ntres\r\ncuatro", false),
        ("\"", false),
        (",", false),
        (" espacios ", false),
        ("🚰 ماء", false),
    ];

    [Fact]
    public async Task Csv_has_a_BOM_the_promised_header_and_lines_that_end_as_RFC_4180_says()
    {
        var run = await ExportAsync("--format", "csv");

        run.Bytes[..3].ShouldBe(new byte[] { 0xEF, 0xBB, 0xBF });
        run.Output.ShouldStartWith($"\uFEFF{Header}\r\n");
        run.Output.ShouldEndWith("\r\n");
        run.Errors.ShouldContain($"{Stored.Count} submissions");
    }

    [Fact]
    public async Task Csv_gives_back_each_text_that_went_in()
    {
        var rows = Csv(await ExportAsync("--format", "csv"));

        rows.Count.ShouldBe(Stored.Count + 1);
        rows.ShouldAllBe(row => row.Length == Header.Split(',').Length);
        foreach (var (text, dangerous) in Cells)
        {
            rows.Select(row => row[9]).ShouldContain(dangerous ? "'" + text : text);
        }
    }

    [Fact]
    public async Task A_row_shows_titles_in_Spanish_and_the_local_time_with_its_offset()
    {
        var rows = Csv(await ExportAsync("--format", "csv"));

        rows.Single(row => row[0] == "PAGA-0000-0001-1").ShouldBe(
        [
            "PAGA-0000-0001-1", "2026-07-05T23:59:59-06:00", "cdmx-paga-2", "web", "es", "Gobierno digital y acceso a servicios públicos",
            "Mi colonia", "Álvaro Obregón", "Santa Fe", "último momento del 5 de julio", "Con luz.", "received", "", "", "", "", "", "", "", "", "", "", "", "",
        ]);
        var unsure = rows.Single(row => row[0] == "PAGA-0000-0002-2");
        unsure[5].ShouldBeEmpty();
        unsure[6].ShouldBe("Toda la ciudad");
        unsure[7].ShouldBeEmpty();

        // Of a state that it was in twice, the last time.
        unsure[19..].ShouldBe(["2026-07-08T00:00:00-06:00", "", "2026-07-07T00:00:00-06:00", "", "2026-07-09T00:00:00-06:00"]);
    }

    [Fact]
    public async Task Contact_data_come_only_when_asked_for()
    {
        var with = Csv(await ExportAsync("--format", "csv", "--with-contact"));
        var without = await ExportAsync("--format", "csv");

        with[0].ShouldBe([.. First.Split(','), "contact_name", "contact_email", "contact_phone", "source", "criteria_marks", "criteria_reasons", "adds_to", "corrected_at", "withdrawn_at", "also_said", "in_review_at", "needs_changes_at", "selected_at", "not_selected_at", "duplicate_of_at"]);
        with.Single(row => row[0] == "PAGA-0000-0001-1")[12..15].ShouldBe(["Persona de Prueba", "prueba@example.org", "55 0000 0000"]);
        with.Single(row => row[0] == "PAGA-0000-0002-2")[12..15].ShouldBe(["", "", ""]);
        without.Output.ShouldNotContain("prueba@example.org");
    }

    /// <summary>One submission was received a second before midnight in Mexico City, one at midnight: in UTC both are of the 6th.</summary>
    [Theory]
    [InlineData("2026-07-05", "2026-07-05", "PAGA-0000-0001-1")]
    [InlineData("2026-07-06", "2026-07-06", "PAGA-0000-0002-2")]
    [InlineData("2026-07-05", "2026-07-06", "PAGA-0000-0001-1", "PAGA-0000-0002-2")]
    [InlineData("2026-07-07", "2026-07-31")]
    [InlineData(null, "2026-07-05", "PAGA-0000-0001-1")]
    [InlineData("0001-01-01", "2026-07-05", "PAGA-0000-0001-1")]
    public async Task Days_are_local_and_both_included(string? since, string until, params string[] folios)
    {
        var filter = new ExportFilter(since is null ? null : Day(since), Day(until));
        var found = new List<string>();
        await foreach (var row in stored.Host.Get<SubmissionExport>().RowsAsync(filter, TestContext.Current.CancellationToken))
        {
            found.Add(row[0]);
        }

        found.ShouldBe(folios);
    }

    [Fact]
    public async Task The_last_day_there_is_is_no_crash() =>
        Folios(await ExportAsync("--format", "csv", "--until", "9999-12-31")).Length.ShouldBe(Stored.Count);

    [Theory]
    [InlineData("PAGA-0000-0001-1", "--since", "2026-07-05", "--until", "2026-07-05")]
    [InlineData("PAGA-0000-0001-1", "--axis", "2", "--borough", "alvaro obregon")]
    [InlineData(null, "--borough", "TLÁHUAC")]
    [InlineData("PAGA-0000-0001-1", "--where", "scope=mi colonia", "--until", "2026-07-05")]
    [InlineData("PAGA-0000-0001-1", "--where", "place=Santa Fe")]
    [InlineData(null, "--where", "place=Santa")]
    public async Task Filters_take_days_the_axis_by_number_the_borough_by_name_and_any_field_of_the_form(string? folio, params string[] options) =>
        Folios(await ExportAsync(["--format", "csv", .. options])).ShouldBe(folio is null ? [] : [folio]);

    [Theory]
    [InlineData("--axis", "9")]
    [InlineData("--borough", "Tlalpam")]
    [InlineData("--where", "axs=2")]
    [InlineData("--where", "contact_name=Persona de Prueba")]
    public async Task A_field_or_an_option_that_is_not_there_is_told_and_nothing_is_written(string option, string value)
    {
        var file = Path.Combine(stored.Folder, "never.csv");

        var run = await OgpBotProcess.RunAsync(stored.Folder, ["export", "--format", "csv", "--output", file, option, value]);

        run.Code.ShouldNotBe(0);
        run.Output.ShouldBeEmpty();
        run.Errors.ShouldContain(value.Split('=')[0]);
        run.Errors.ShouldNotContain("   at ");
        File.Exists(file).ShouldBeFalse();
    }

    [Fact]
    public async Task Json_and_json_lines_hold_the_same_rows_as_they_were_said()
    {
        var json = JsonElement.Parse((await ExportAsync("--format", "json")).Output).EnumerateArray().ToList();
        var lines = (await ExportAsync("--format", "jsonl")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToList();

        json.Count.ShouldBe(Stored.Count);
        lines.Select(line => line.GetRawText()).ShouldBe(json.Select(row => row.GetRawText()));
        json.ShouldAllBe(row => string.Join(',', row.EnumerateObject().Select(member => member.Name)) == Header);
        foreach (var (text, _) in Cells)
        {
            json.Select(row => row.Text("problem")).ShouldContain(text);
        }
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    public async Task A_file_holds_what_standard_output_would_and_that_stays_empty(string format)
    {
        var file = Path.Combine(stored.Folder, $"export.{format}");

        var run = await ExportAsync("--format", format, "--output", file);

        run.Output.ShouldBeEmpty();
        (await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).ShouldBe((await ExportAsync("--format", format)).Bytes);
    }

    [Theory]
    [InlineData("csv", "\uFEFF" + First + "\r\n")]
    [InlineData("json", "[\n]\n")]
    [InlineData("jsonl", "")]
    public async Task Where_there_is_nothing_to_export_the_file_is_well_formed(string format, string content)
    {
        using var output = new MemoryStream();

        var count = await ExportWriter.WriteAsync(format, output, First.Split(','), AsyncEnumerable.Empty<IReadOnlyList<string>>(), TestContext.Current.CancellationToken);

        count.ShouldBe(0);
        Encoding.UTF8.GetString(output.ToArray()).ShouldBe(content);
    }

    [Fact]
    public async Task Before_the_host_ever_ran_an_export_has_a_header_alone()
    {
        using var folder = new TemporaryFolder();

        var run = await OgpBotProcess.RunAsync(folder.Path, ["export", "--format", "csv"]);

        run.Code.ShouldBe(0, run.Errors);
        run.Output.ShouldBe($"\uFEFF{Header}\r\n");
    }

    [Fact]
    public async Task A_file_that_can_not_be_written_is_told_plainly()
    {
        var run = await OgpBotProcess.RunAsync(stored.Folder, ["export", "--format", "csv", "--output", Path.Combine(stored.Folder, "no", "such", "folder.csv")]);

        run.Code.ShouldBe(1);
        run.Errors.ShouldContain("folder.csv");
        run.Errors.ShouldNotContain("   at ");
    }

    private async Task<OgpBotProcess.Result> ExportAsync(params string[] arguments)
    {
        var run = await stored.ExportAsync(arguments);
        run.Code.ShouldBe(0, run.Errors);
        return run;
    }

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string[] Folios(OgpBotProcess.Result run) => [.. Csv(run).Skip(1).Select(row => row[0])];

    // RFC 4180, read by other code than wrote it.
    private static List<string[]> Csv(OgpBotProcess.Result run)
    {
        var (rows, row, cell, quoted) = (new List<string[]>(), new List<string>(), new StringBuilder(), false);
        var text = run.Output.TrimStart('\uFEFF');
        for (var at = 0; at < text.Length; at++)
        {
            if (quoted)
            {
                if (text[at] != '"')
                {
                    cell.Append(text[at]);
                }
                else if (at + 1 < text.Length && text[at + 1] == '"')
                {
                    cell.Append(text[at++]);
                }
                else
                {
                    quoted = false;
                }
            }
            else if (text[at] == '"' && cell.Length == 0)
            {
                quoted = true;
            }
            else if (text[at] is ',' || (text[at] == '\r' && text[at + 1] == '\n'))
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (text[at] == '\r')
                {
                    rows.Add([.. row]);
                    row.Clear();
                    at++;
                }
            }
            else
            {
                text[at].ShouldNotBeOneOf('"', '\r', '\n');
                cell.Append(text[at]);
            }
        }

        row.ShouldBeEmpty("the last line ends too");
        cell.Length.ShouldBe(0);
        return rows;
    }

    /// <summary>A database with submissions, put there as the host stores them.</summary>
    public sealed class Stored : IAsyncLifetime
    {
        private static readonly DateTimeOffset Midnight = new(2026, 7, 6, 0, 0, 0, TimeSpan.FromHours(-6));
        private readonly TemporaryFolder folder = new();

        private readonly Dictionary<string, OgpBotProcess.Result> runs = [];

        internal static int Count => Cells.Length + 2;

        internal string Folder => folder.Path;

        internal TestHost Host { get; private set; } = null!;

        /// <summary>Runs beside the host, as staff do; the same command only once.</summary>
        internal async Task<OgpBotProcess.Result> ExportAsync(string[] arguments)
        {
            var command = string.Join(' ', arguments);
            return runs.TryGetValue(command, out var run) ? run : runs[command] = await OgpBotProcess.RunAsync(Folder, ["export", .. arguments]);
        }

        public async ValueTask InitializeAsync()
        {
            Host = await TestHost.StartAsync(folder.Path);
            await using var database = await Host.Get<IDbContextFactory<OgpBotDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
            database.Add(new Citizen { Id = "citizen" });
            database.Add(Submission("a1", "PAGA-0000-0001-1", Midnight.AddSeconds(-1), "último momento del 5 de julio", "2", "neighbourhood", "alvaro-obregon", "Santa Fe", "Con luz."));
            database.Add(new Contact { SubmissionId = "a1", Name = "Persona de Prueba", Email = "prueba@example.org", Phone = "55 0000 0000" });
            database.Add(Submission("a2", "PAGA-0000-0002-2", Midnight, "primer momento del 6 de julio"));
            foreach (var (at, to) in new[] { ReviewState.InReview, ReviewState.Selected, ReviewState.InReview, ReviewState.DuplicateOf }.Index())
            {
                database.Add(new Decision { Id = $"d{at}", SubmissionId = "a2", To = to, At = Midnight.AddDays(at) });
            }

            foreach (var (at, cell) in Cells.Index())
            {
                database.Add(Submission($"b{at:D2}", $"PAGA-CELL-00{at:D2}-0", TestClock.Start, cell.Text));
            }

            await database.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            folder.Dispose();
        }

        private static Submission Submission(
            string id, string folio, DateTimeOffset at, string problem, string? axis = null, string scope = "city", string? borough = null, string? place = null, string? proposal = null) =>
            new()
            {
                Id = id,
                Folio = folio,
                CitizenId = "citizen",
                ReceivedAt = at,
                Consultation = "cdmx-paga-2",
                Channel = "web",
                Language = "es",
                Axis = axis,
                Scope = scope,
                Borough = borough,
                Place = place,
                Problem = problem,
                Proposal = proposal,
            };
    }
}
