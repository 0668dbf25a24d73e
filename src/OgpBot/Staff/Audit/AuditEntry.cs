using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OgpBot.Storage;

namespace OgpBot.Staff.Audit;

/// <summary>
/// One act at the desk, for ever. Each row holds the hash of itself and the row before it, so a change, a gap or a swap shows. It holds folios, codes and names of
/// staff: no word of a citizen, so erasing her changes no row.
/// </summary>
public sealed class AuditEntry
{
    /// <summary>From 1, without gaps.</summary>
    public long Seq { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The id of a person of the staff; a name such as <c>command line</c> or <c>language model</c> where it was none.</summary>
    public required string Who { get; init; }

    /// <summary>Whether a program acted, and no person.</summary>
    public bool ByMachine { get; init; }

    /// <summary>What was done, such as <c>decide</c>; see <see cref="AuditActs"/>.</summary>
    public required string Act { get; init; }

    /// <summary>What it was done to: a folio, a person of the staff, a switch.</summary>
    public string? Subject { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    public string? Why { get; init; }

    /// <summary>SHA-256 of the row before and of this one, in hexadecimal.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>Chains this row to the row before, by that one's hash.</summary>
    internal AuditEntry After(string before)
    {
        Hash = HashAfter(before);
        return this;
    }

    /// <summary>The hash that this row must have after the row before.</summary>
    internal string HashAfter(string before) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        new object?[] { before, Seq, At.ToUnixTimeMilliseconds(), Who, ByMachine, Act, Subject, From, To, Why })));
}

/// <summary>The names of what is recorded.</summary>
internal static class AuditActs
{
    internal const string SignIn = "sign-in";
    internal const string SignInFailed = "sign-in-failed";
    internal const string SignOut = "sign-out";
    internal const string Account = "account";
    internal const string ContactSeen = "contact-seen";
    internal const string Assign = "assign";
    internal const string Correct = "correct-field";
    internal const string Note = "note";
    internal const string Judge = "judge";
    internal const string Pilot = "pilot";
    internal const string Decide = "decide";
    internal const string Publish = "publish";
    internal const string Message = "message";
    internal const string Recuse = "recuse";
    internal const string Export = "export";
    internal const string Switch = "switch";
    internal const string Answer = "answer";
    internal const string Document = "document";
    internal const string Plan = "plan";
}

internal sealed class AuditEntryMapping : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit").HasKey(entry => entry.Seq);
        builder.Property(entry => entry.Seq).ValueGeneratedNever();
        builder.HasIndex(entry => entry.Subject).HasDatabaseName("ix_audit_subject");
        builder.Property(entry => entry.Who).Keep(Retention.Staff);
        builder.Property(entry => entry.Act).Keep(Retention.Technical);
        builder.Property(entry => entry.Subject).Keep(Retention.Staff);
        builder.Property(entry => entry.From).Keep(Retention.Staff);
        builder.Property(entry => entry.To).Keep(Retention.Staff);
        builder.Property(entry => entry.Why).Keep(Retention.Staff);
        builder.Property(entry => entry.Hash).Keep(Retention.Technical);
    }
}
