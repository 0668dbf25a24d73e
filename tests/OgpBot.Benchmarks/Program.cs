using System.CommandLine;
using OgpBot.Benchmarks;

// Answers are handled on the thread that sees them arrive; the pool's hand-over would cost more than the work. Read by the first socket.
Environment.SetEnvironmentVariable(HostProcess.InlineCompletions, "1");

var root = new RootCommand("Benchmarks of OgpBot.") { LoadCommand.Create(), StartCommand.Create(), CriteriaCommand.Create(), AnswersCommand.Create(), OutOfTurnCommand.Create(), DeskCommand.Create() };
var parsed = root.Parse(args);

// Long enough for the host to be stopped after Ctrl+C.
var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(15) });
return parsed.Errors.Count > 0 ? LoadCommand.UsageError : exitCode;
