using OgpBot.Cli;

// System.CommandLine tells a wrong call by exit code 1, as it does a failure; ours is 2.
var parsed = OgpBotCommand.Build().Parse(args);
var code = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? OgpBotCommand.Usage : code;
