using System.CommandLine;
using OgpBot.Llm;

namespace OgpBot.Cli;

/// <summary><c>model on|off|status</c>: the switch of the language model alone. A host that runs obeys with its next question.</summary>
internal static class ModelCommand
{
    internal static Command Build() => new("model", "Turn the language model off or on, at once.")
    {
        Build("on", "Use it again.", power => power.TurnOn()),
        Build("off", "Use it no more; everything works without it.", power => power.TurnOff()),
        Build("status", "Tell whether it is used, and why not.", _ => { }),
    };

    private static Command Build(string name, string description, Action<ModelSwitch> turn)
    {
        var command = new Command(name, description);
        command.SetAction(OgpBotCommand.Run((_, _) =>
        {
            using var program = ConsoleProgram.Build();
            var power = program.Services.GetRequiredService<ModelSwitch>();
            turn(power);
            var model = program.Services.GetRequiredService<LanguageModel>();
            Console.WriteLine(model.WhyNone is { } why ? $"off: {why}" : power.IsOff ? "off: switched off" : $"on: {model.Name} at {model.Host}");
            return Task.FromResult(0);
        }));
        return command;
    }
}
