using OgpBot.Archive.Documents;

namespace OgpBot.Tests.Archive.Documents;

/// <summary>Where a sentence ends, and where a stop ends none. A bar parts the sentences of a case.</summary>
public sealed class SentencesTests
{
    [Theory]
    [InlineData("Se abrió la plaza.| Llegaron vecinas.")]
    [InlineData("¿Quién abrió la plaza?| ¡Nadie lo sabe!| ¿Seguro?")]
    [InlineData("La abrió el Dr. Olmedo con la Lic. Prado.| Llovía.")]
    [InlineData("Está en el art. 12 y la pág. 40 de la carpeta.| Nadie la lee.")]
    [InlineData("Escribió J. Olmedo.| Nadie contestó.")]
    [InlineData("Costó 3.5 veces más que en 2019.| Luego bajó.")]
    [InlineData("Son 1.250 jardineras.| 40 se secaron.")]
    [InlineData("Vive en Olmo 12, C.P. 01234, barrio Roble.| Ahí se reúnen.")]
    [InlineData("Dijo «vengan todas.»| Y fueron.")]
    [InlineData("Dijo “vengan.”| “No”, contestaron.")]
    [InlineData("Fueron a la plaza (la nueva.)| Regresaron tarde.")]
    [InlineData("Se plantaron árboles… y flores, no pasto.| Fin.")]
    [InlineData("Hubo tres talleres.¹²| El último fue en julio.")]
    [InlineData("Lo dice plazaroble.example y nadie más.| Se cerró.")]
    [InlineData("Había bancas, faroles, etc. en cada esquina.| Faltaba agua.")]
    public void A_paragraph_is_cut_where_sentences_end(string paragraph) =>
        Sentences.Of(paragraph.Replace("|", "", StringComparison.Ordinal)).ShouldBe(paragraph.Split("| "));

    [Fact]
    public void A_stop_before_a_small_letter_ends_nothing() => Sentences.Of("La clave es roble. con minúscula.").ShouldHaveSingleItem();

    [Fact]
    public void Blank_text_has_no_sentences() => Sentences.Of("  ").ShouldBeEmpty();

    [Fact]
    public void A_long_paragraph_is_grouped_by_whole_sentences()
    {
        const string Paragraph = "La primera va sola. La segunda también. La tercera cierra.";

        Sentences.Group(Paragraph, 40).ShouldBe(["La primera va sola. La segunda también.", "La tercera cierra."]);
        Sentences.Group(Paragraph, 100).ShouldBe([Paragraph]);
    }
}
