using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OgpBot.Staff.Accounts;
using OgpBot.Staff.Audit;

namespace OgpBot.Cli;

/// <summary><c>audit verify|list</c>: the record of what was done at the desk.</summary>
internal static class AuditCommand
{
    internal static Command Build() => new("audit", "Look at the record of what was done at the review desk.") { BuildVerify(), BuildList() };

    private static Command BuildVerify()
    {
        var verify = new Command("verify", "Prove that no row was changed, taken out or put in. Exit code 1 where one was.");
        verify.SetAction(OgpBotCommand.Run(async (_, cancellationToken) =>
        {
            using var program = ConsoleProgram.Build();
            await using var database = await StaffCommand.OpenAsync(program, cancellationToken);
            var (good, broken) = await AuditTrail.VerifyAsync(database, cancellationToken);
            Console.WriteLine(broken is null ? $"{good} rows, all good" : $"{good} rows are good; row {broken} is not as it was written");
            return broken is null ? 0 : 1;
        }));
        return verify;
    }

    private static Command BuildList()
    {
        var last = new Option<int>("--last") { Description = "How many rows.", DefaultValueFactory = _ => 50 };
        var list = new Command("list", "Write the last rows, the newest at the end.") { last };
        list.SetAction(OgpBotCommand.Run(async (parsed, cancellationToken) =>
        {
            using var program = ConsoleProgram.Build();
            await using var database = await StaffCommand.OpenAsync(program, cancellationToken);
            var names = await database.Set<StaffMember>().AsNoTracking().ToDictionaryAsync(member => member.Id, member => member.UserName, cancellationToken);
            var rows = await database.Set<AuditEntry>().AsNoTracking().OrderByDescending(entry => entry.Seq).Take(Math.Max(0, parsed.GetValue(last))).ToListAsync(cancellationToken);
            foreach (var row in rows.AsEnumerable().Reverse())
            {
                Console.WriteLine(string.Join('\t', row.Seq.ToString(CultureInfo.InvariantCulture), row.At.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                    names.GetValueOrDefault(row.Who) ?? row.Who, row.Act, row.Subject, row.From, row.To, OneLine(row.Why)).TrimEnd());
            }

            return 0;
        }));
        return list;
    }

    private static string? OneLine(string? text) => text?.ReplaceLineEndings(" ").Replace('\t', ' ');
}
