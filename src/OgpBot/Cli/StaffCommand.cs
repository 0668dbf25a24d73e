using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using OgpBot.Settings;
using OgpBot.Staff.Accounts;
using OgpBot.Storage;

namespace OgpBot.Cli;

/// <summary><c>staff add|disable|enable|reset|list</c>: the people of the review desk. A host that runs obeys with the next request.</summary>
internal static class StaffCommand
{
    internal static Command Build()
    {
        var name = new Argument<string>("name") { Description = "The user name." };
        return new Command("staff", "Say who works at the review desk.")
        {
            BuildAdd(name),
            BuildChange(name, "disable", "Let a person in no more; her sessions end at once.", async (accounts, database, member) =>
            {
                await accounts.DisableAsync(database, StaffAccounts.CommandLine, member);
                return null;
            }),
            BuildChange(name, "enable", "Let a person in again.", async (accounts, database, member) =>
            {
                await accounts.EnableAsync(database, StaffAccounts.CommandLine, member);
                return null;
            }),
            BuildChange(name, "reset", "Take a person's password and second factor, and give her a new link.", async (accounts, database, member) =>
                member.DisabledAt is null
                    ? await accounts.ResetAsync(database, StaffAccounts.CommandLine, member)
                    : throw new SettingsException($"`{member.UserName}` is disabled. `staff enable` lets her in again.")),
            BuildList(),
        };
    }

    private static Command BuildAdd(Argument<string> name)
    {
        var role = new Option<StaffRole>("--role") { Description = "viewer, reviewer, coordinator or admin.", Required = true };
        var display = new Option<string?>("--display") { Description = "The name that colleagues read." };
        var email = new Option<string?>("--email") { Description = "For sign-in through an OpenID Connect issuer." };
        var add = new Command("add", "Add a person, and print a link that works once, for 48 hours: there she chooses her password.") { name, role, display, email };
        add.SetAction(OgpBotCommand.Run(async (parsed, cancellationToken) =>
        {
            var wanted = parsed.GetValue(name)!;
            if (!StaffAccounts.IsName(wanted))
            {
                throw new SettingsException($"A user name has 2 to {StaffAccounts.LongestName} letters, digits, points or hyphens, and begins with a letter or digit.");
            }

            return await WriteAsync(
                async (accounts, database) => await accounts.AddAsync(
                        database, StaffAccounts.CommandLine, wanted, parsed.GetValue(role), parsed.GetValue(display), parsed.GetValue(email))
                    ?? throw new SettingsException($"There is a `{wanted}` already. `staff reset {wanted}` gives a new link."),
                cancellationToken);
        }));
        return add;
    }

    private static Command BuildChange(Argument<string> name, string verb, string description, Func<StaffAccounts, OgpBotDb, StaffMember, Task<string?>> change)
    {
        var command = new Command(verb, description) { name };
        command.SetAction(OgpBotCommand.Run((parsed, cancellationToken) => WriteAsync(
            async (accounts, database) =>
            {
                var wanted = parsed.GetValue(name)!;
                var member = await accounts.FindAsync(database, wanted) ?? throw new SettingsException($"There is no `{wanted}`. `staff list` names all.");
                return await change(accounts, database, member);
            },
            cancellationToken)));
        return command;
    }

    private static Command BuildList()
    {
        var list = new Command("list", "List all, in the order in which they were added.");
        list.SetAction(OgpBotCommand.Run(async (_, cancellationToken) =>
        {
            using var program = ConsoleProgram.Build();
            await using var database = await OpenAsync(program, cancellationToken);
            foreach (var member in await database.Set<StaffMember>().AsNoTracking().OrderBy(member => member.Id).ToListAsync(cancellationToken))
            {
                var state = member.DisabledAt is not null ? "disabled" : member.PasswordHash is null ? "invited" : member.TwoFactorEnabled ? "active" : "no second factor yet";
                Console.WriteLine($"{member.UserName}\t{member.Role.ToString().ToLowerInvariant()}\t{state}\t{member.DisplayName}");
            }

            return 0;
        }));
        return list;
    }

    // A host may run on the same database: it and this transaction take turns.
    private static async Task<int> WriteAsync(Func<StaffAccounts, OgpBotDb, Task<string?>> write, CancellationToken cancellationToken)
    {
        using var program = ConsoleProgram.Build();
        await using var database = await OpenAsync(program, cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var link = await write(program.Services.GetRequiredService<StaffAccounts>(), database);
        await transaction.CommitAsync(cancellationToken);
        if (link is not null)
        {
            Console.WriteLine($"{program.Services.GetRequiredService<OgpBotOptions>().Site}{link}");
        }

        return 0;
    }

    internal static async Task<OgpBotDb> OpenAsync(IHost program, CancellationToken cancellationToken)
    {
        await program.Services.GetRequiredService<DatabaseStart>().OnceAsync(cancellationToken);
        return await program.Services.GetRequiredService<IDbContextFactory<OgpBotDb>>().CreateDbContextAsync(cancellationToken);
    }
}
