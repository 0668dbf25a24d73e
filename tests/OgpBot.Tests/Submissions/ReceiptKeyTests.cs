using OgpBot.Calls;
using OgpBot.Conversations.Messages;
using OgpBot.Storage;
using OgpBot.Submissions.Filing;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Submissions;

/// <summary>The private key of a receipt.</summary>
public sealed class ReceiptKeyTests : IDisposable
{
    private const string Folio = "PAGA-E0W3-1QC4-R";

    // HMAC-SHA256 of the folio under 32 zero bytes, its first ten bytes in Crockford's base 32: reckoned with Python's hmac.
    private const string Key = "WHMZ-46BE-QAT1-ZBW4";

    private readonly TemporaryFolder folder = new();

    public ReceiptKeyTests() => File.WriteAllBytes(folder.File("receipt.key"), new byte[32]);

    private ReceiptKey Keys => new(new KeyFile(folder.Path, "receipt.key"));

    [Fact]
    public void It_is_the_HMAC_of_the_folio() => Keys.Of(Folio).ShouldBe(Key);

    [Theory]
    [InlineData("WHMZ-46BE-QAT1-ZBW4", true)]
    [InlineData("whmz46beqat1zbw4", true)]
    [InlineData(" WHMZ 46BE QATI ZBW4. ", true)]
    [InlineData("WHMZ-46BE-QATL-ZBW4", true)]
    [InlineData("WHMZ-46BE-QAT1-ZBW5", false)]
    [InlineData("WHMZ-46BE-QAT1-ZBW", false)]
    [InlineData("", false)]
    public void It_opens_however_it_is_typed(string typed, bool opens) => Keys.Opens(Folio, typed).ShouldBe(opens);

    [Fact]
    public void Another_secret_gives_another_key_and_the_same_file_the_same_one()
    {
        using var other = new TemporaryFolder();
        var made = new ReceiptKey(new KeyFile(other.Path, "receipt.key")).Of(Folio);

        made.ShouldNotBe(Key);
        new ReceiptKey(new KeyFile(other.Path, "receipt.key")).Of(Folio).ShouldBe(made);
    }

    [Fact]
    public void It_is_put_into_a_message_where_it_belongs_and_left_out_where_no_folio_is_told()
    {
        var stored = ActivityExtra.Write(new OgpBot.Dialogs.Activity($"{Folio}\n{IMessageSecret.Place}")
        {
            Facts = new Dictionary<string, string> { ["folio"] = Folio, ["folio_key"] = IMessageSecret.Place.ToString() },
        });

        var (text, extra) = Keys.Fill(stored.Text, stored.Extra);

        text.ShouldBe($"{Folio}\n{Key}");
        ActivityExtra.Read(extra).Facts!["folio_key"].ShouldBe(Key);
        Keys.Fill($"a{IMessageSecret.Place}b", null).Text.ShouldBe("ab");
        Keys.Fill("sin clave", null).ShouldBe(("sin clave", null));
    }

    [Fact]
    public void Nobody_can_have_a_key_put_into_what_she_writes() => IncomingText.Clean($"a{IMessageSecret.Place}b").ShouldBe("ab");

    public void Dispose() => folder.Dispose();
}
