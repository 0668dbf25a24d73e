using System.CommandLine;
using System.Text.Json;
using OgpBot.Archive.Answers;
using OgpBot.Dialogs;
using OgpBot.Llm;
using OgpBot.Storage;

namespace OgpBot.Cli;

/// <summary><c>ask</c>: a question to the archive, as a resident asks it.</summary>
internal static class AskCommand
{
    internal static Command Build()
    {
        var question = new Argument<string>("question");
        var json = new Option<bool>("--json") { Description = "As POST /api/ask answers." };
        var language = new Option<string>("--language") { Description = "es or en.", DefaultValueFactory = _ => LocalizedText.DefaultLanguage };
        var ask = new Command("ask", "Ask the archive a question.") { question, json, language };
        ask.SetAction(OgpBotCommand.Run(async (parsed, cancellationToken) =>
        {
            using var program = ConsoleProgram.Build();
            await program.Services.GetRequiredService<DatabaseStart>().OnceAsync(cancellationToken);
            var turn = program.Services.GetRequiredService<LanguageModel>().Begin(citizen: null);
            var (_, answer) = await program.Services.GetRequiredService<AnswerPipeline>().AnswerAsync(
                parsed.GetValue(question)!, before: "", parsed.GetValue(language)!, new Dictionary<string, string>(), turn, cancellationToken);
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(AskResponse.Of(answer), AskJson.Readable.AskResponse) : answer.Text);
            return 0;
        }));
        return ask;
    }
}
