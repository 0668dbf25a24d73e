using System.Text.RegularExpressions;
using OgpBot.Submissions;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Submissions;

public sealed partial class FolioTests
{
    [Fact]
    public void A_new_folio_reads_back_whatever_a_person_makes_of_it()
    {
        using var random = new SeededRandom();
        for (var times = 0; times < 1_000; times++)
        {
            var folio = Folio.Create("PAGA", random);

            Form().IsMatch(folio).ShouldBeTrue(folio);
            foreach (var typed in new[]
            {
                folio, folio.ToLowerInvariant(), folio.Replace("-", " ", StringComparison.Ordinal), folio.Replace("-", "", StringComparison.Ordinal), folio[5..],
                $"  {folio}.", "PAGA-" + folio[5..].Replace('0', 'o').Replace('1', 'l'), "PAGA-" + folio[5..].Replace('0', 'O').Replace('1', 'I'),
            })
            {
                Folio.Read(typed, "PAGA").ShouldBe(folio, typed);
            }
        }
    }

    // One wrong letter, and two neighbours in each other's place: what people do.
    [Fact]
    public void A_typing_error_is_seen()
    {
        using var random = new SeededRandom();
        for (var times = 0; times < 200; times++)
        {
            var folio = Folio.Create("PAGA", random);
            for (var at = 5; at < folio.Length; at++)
            {
                if (folio[at] == '-')
                {
                    continue;
                }

                var other = folio[at] == '7' ? '8' : '7';
                Folio.Read($"{folio[..at]}{other}{folio[(at + 1)..]}", "PAGA").ShouldBeNull();
                if (at + 1 < folio.Length && folio[at + 1] != '-' && folio[at + 1] != folio[at])
                {
                    Folio.Read($"{folio[..at]}{folio[at + 1]}{folio[at]}{folio[(at + 2)..]}", "PAGA").ShouldBeNull();
                }
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("PAGA")]
    [InlineData("PAGA-0000-0000")]
    [InlineData("PAGA-0000-0000-U")]
    [InlineData("PAGA-0000-0000-0-0")]
    [InlineData("OTRA-0000-0000-0")]
    [InlineData("hola 👋")]
    public void What_is_no_folio_is_none(string typed) => Folio.Read(typed, "PAGA").ShouldBeNull();

    // From the published description: the check of a number is the number modulo 37.
    [Theory]
    [InlineData("PAGA-0000-0016-1")]
    [InlineData("PAGA-0000-000A-A")]
    public void The_check_is_the_value_modulo_37(string folio) => Folio.Read(folio, "PAGA").ShouldBe(folio);

    [GeneratedRegex("^PAGA-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]$")]
    private static partial Regex Form();
}
