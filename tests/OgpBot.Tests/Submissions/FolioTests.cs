using System.Text.RegularExpressions;
using OgpBot.Submissions.Filing;
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

    [Theory]
    [InlineData("mi folio es {0}")]
    [InlineData("Folio: {0}, gracias")]
    [InlineData("Hola, ¿cómo va el {0}?")]
    [InlineData("Mi folio es **{0}**.")]
    [InlineData("_{0}_ ya tiene respuesta?")]
    [InlineData("https://ejemplo.mx/#{0}")]
    [InlineData("[mi aporte](https://ejemplo.mx/?folio={0}&x=1)")]
    [InlineData("Su folio es:\n{0}\nSu clave privada es:\nWHMZ-46BE-QAT1-ZBW4")]
    [InlineData("el 5 de julio de 2026 mandé el {0} y el 55 1234 5678 es mi teléfono")]
    public void A_folio_is_found_wherever_it_stands_and_however_it_is_written(string sentence)
    {
        using var random = new SeededRandom();
        for (var times = 0; times < 300; times++)
        {
            var folio = Folio.Create("PAGA", random);
            foreach (var typed in new[]
            {
                folio, folio.ToLowerInvariant(), folio[5..], folio.Replace('-', '\u2013'), folio.Replace("-", " - ", StringComparison.Ordinal), folio.Replace("-", "-\u200B", StringComparison.Ordinal),
                "Paga-" + folio[5..].Replace('0', 'o').Replace('1', 'l'),
            })
            {
                var said = string.Format(System.Globalization.CultureInfo.InvariantCulture, sentence, typed);
                Folio.Find(said, "PAGA").ShouldBe([folio], said);
                Folio.IsIn(said, "PAGA").ShouldBeTrue(said);
            }
        }
    }

    // Without its hyphens it is known by its digits; nine letters may be a word.
    [Theory]
    [InlineData("mi folio es {0} gracias")]
    [InlineData("folio:{0}")]
    public void A_folio_without_hyphens_is_found_by_its_prefix_and_a_digit(string sentence)
    {
        using var random = new SeededRandom();
        for (var times = 0; times < 300; times++)
        {
            var folio = Folio.Create("PAGA", random);
            if (!folio.Any(char.IsAsciiDigit))
            {
                continue;
            }

            foreach (var typed in new[] { folio.Replace("-", " ", StringComparison.Ordinal), folio.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant(), "paga " + folio[5..].Replace("-", "", StringComparison.Ordinal) })
            {
                var said = string.Format(System.Globalization.CultureInfo.InvariantCulture, sentence, typed);
                Folio.Find(said, "PAGA").ShouldBe([folio], said);
            }
        }
    }

    // Whatever nine letters or digits follow, the check of one in 37 fits by chance.
    [Fact]
    public void Words_and_numbers_are_no_folio()
    {
        for (var number = 100; number < 1_000; number++)
        {
            foreach (var said in new[]
            {
                $"Se paga {number} pesos al mes", $"De {number + 1_000} {number + 1_100} a la fecha", $"Mi teléfono es 551234{number}", $"55 1234 5{number} es mi número", $"se paga todo casi y son {number}",
            })
            {
                Folio.Find(said, "PAGA").ShouldBeEmpty(said);
                Folio.IsIn(said, "PAGA").ShouldBeFalse(said);
            }
        }
    }

    [Theory]
    [InlineData("PAGA-0000-0000-1", true)]
    [InlineData("paga 0000 0000", true)]
    [InlineData("PAGA-E0W3-1QC4-RR", true)]
    [InlineData("E0W3-1QC4-S", true)]
    [InlineData("mi folio es PAGA-0000-0000-1", false)]
    [InlineData("no lo tengo a la mano", false)]
    [InlineData("calle 5 norte", false)]
    [InlineData("se paga", false)]
    [InlineData("", false)]
    public void A_folio_is_mistyped_where_nothing_else_was_written(string said, bool mistyped) => Folio.IsMistyped(said, "PAGA").ShouldBe(mistyped);

    // From the published description: the check of a number is the number modulo 37.
    [Theory]
    [InlineData("PAGA-0000-0016-1")]
    [InlineData("PAGA-0000-000A-A")]
    public void The_check_is_the_value_modulo_37(string folio) => Folio.Read(folio, "PAGA").ShouldBe(folio);

    [GeneratedRegex("^PAGA-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]$")]
    private static partial Regex Form();
}
