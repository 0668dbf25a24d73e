using OgpBot.Llm;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Llm;

/// <summary>How a text's language is told, and what counts as advice on how to vote.</summary>
public sealed class VerificationWordsTests
{
    private static readonly VerificationWords Words = VerificationWords.Load(Repository.Prompts);

    [Theory]
    [InlineData("es", "El ILSB dejó de participar el 6 de septiembre de 2022, un día después de cerrar la consulta.")]
    [InlineData("en", "The ILSB left on 6 September 2022, a day after the consultation closed.")]
    [InlineData("fr", "Le plan n'a pas été publié dans la gazette et nous ne savons pas pourquoi.")]
    [InlineData("pt", "O plano não foi publicado na gazeta e não sabemos por quê.")]
    [InlineData("it", "Il piano non è stato pubblicato nella gazzetta e non sappiamo perché.")]
    [InlineData("de", "Der Plan wurde nicht im Amtsblatt veröffentlicht und wir wissen nicht warum.")]
    [InlineData(null, "计划没有公布")]
    [InlineData(null, "xyz qwv 123")]
    [InlineData(null, "")]
    public void A_language_is_told_by_its_small_words(string? language, string text) =>
        Words.LanguagesOf(text).ShouldBe(language is null ? [] : [language]);

    [Fact]
    public void A_short_text_may_be_of_more_than_one_language() => Words.LanguagesOf("Del plan no consta.").ShouldContain("es");

    [Theory]
    [InlineData("Vote por el partido azul.", true)]
    [InlineData("Usted debe apoyar a la candidata.", true)]
    [InlineData("You should vote for her.", true)]
    [InlineData("El consejo votó el reglamento por unanimidad.", false)]
    [InlineData("Las votaciones se hicieron en agosto de 2022.", false)]
    public void Advice_on_how_to_vote_is_told_from_the_report_of_a_vote(string text, bool advice) => Words.TellsHowToVote(text).ShouldBe(advice);

    [Theory]
    [InlineData("El plan incluye cinco ejes y responde a las propuestas de la ciudadanía.")]
    [InlineData("El Consejo se instaló y acordó que la secretaría presente el informe anterior.")]
    [InlineData("La Memoria dice que el instituto dejó de participar sin decir el motivo.")]
    public void What_documents_say_is_no_instruction(string text) => Words.HoldsInstructions(text).ShouldBeFalse();
}
