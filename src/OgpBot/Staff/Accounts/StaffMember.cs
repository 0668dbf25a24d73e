using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OgpBot.Storage;

namespace OgpBot.Staff.Accounts;

/// <summary>A person who works at the desk. Her sign-in is ASP.NET Core Identity's: password hash, second factor, lockout.</summary>
public sealed class StaffMember : IdentityUser
{
    /// <summary>What she may do.</summary>
    public StaffRole Role { get; set; }

    /// <summary>The name that colleagues read; the user name where none was given.</summary>
    public string? DisplayName { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When she was disabled; null: she may sign in. A disabled person's session ends with her next request.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>What others read of her.</summary>
    internal string Name => DisplayName ?? UserName ?? Id;
}

/// <summary>What a person at the desk may do. Each may also do what those before it may.</summary>
public enum StaffRole
{
    /// <summary>Reads.</summary>
    Viewer = 0,

    /// <summary>Judges, notes, asks for changes, decides, and sees contact data.</summary>
    Reviewer = 1,

    /// <summary>Assigns, decides many at once, publishes, writes answers, and pauses the consultation.</summary>
    Coordinator = 2,

    /// <summary>Adds and disables people.</summary>
    Admin = 3,
}

internal sealed class StaffMemberMapping : IEntityTypeConfiguration<StaffMember>
{
    public void Configure(EntityTypeBuilder<StaffMember> builder)
    {
        builder.ToTable("staff").HasKey(member => member.Id);
        builder.HasIndex(member => member.NormalizedUserName).IsUnique().HasDatabaseName("ix_staff_user_name");
        builder.Property(member => member.ConcurrencyStamp).IsConcurrencyToken();
        builder.Ignore(member => member.Name);
        foreach (var property in builder.Metadata.GetProperties().Where(property => property.ClrType == typeof(string)).ToList())
        {
            builder.Property<string>(property.Name).Keep(Retention.Staff);
        }
    }
}

internal sealed class StaffClaimMapping : IEntityTypeConfiguration<IdentityUserClaim<string>>
{
    public void Configure(EntityTypeBuilder<IdentityUserClaim<string>> builder)
    {
        builder.ToTable("staff_claims").HasKey(claim => claim.Id);
        builder.HasOne<StaffMember>().WithMany().HasForeignKey(claim => claim.UserId).IsRequired();
        builder.Property(claim => claim.UserId).Keep(Retention.Staff);
        builder.Property(claim => claim.ClaimType).Keep(Retention.Staff);
        builder.Property(claim => claim.ClaimValue).Keep(Retention.Staff);
    }
}

internal sealed class StaffLoginMapping : IEntityTypeConfiguration<IdentityUserLogin<string>>
{
    public void Configure(EntityTypeBuilder<IdentityUserLogin<string>> builder)
    {
        builder.ToTable("staff_logins").HasKey(login => new { login.LoginProvider, login.ProviderKey });
        builder.HasOne<StaffMember>().WithMany().HasForeignKey(login => login.UserId).IsRequired();
        builder.Property(login => login.LoginProvider).Keep(Retention.Staff);
        builder.Property(login => login.ProviderKey).Keep(Retention.Staff);
        builder.Property(login => login.ProviderDisplayName).Keep(Retention.Staff);
        builder.Property(login => login.UserId).Keep(Retention.Staff);
    }
}

internal sealed class StaffTokenMapping : IEntityTypeConfiguration<IdentityUserToken<string>>
{
    public void Configure(EntityTypeBuilder<IdentityUserToken<string>> builder)
    {
        builder.ToTable("staff_tokens").HasKey(token => new { token.UserId, token.LoginProvider, token.Name });
        builder.HasOne<StaffMember>().WithMany().HasForeignKey(token => token.UserId).IsRequired();
        builder.Property(token => token.UserId).Keep(Retention.Staff);
        builder.Property(token => token.LoginProvider).Keep(Retention.Staff);
        builder.Property(token => token.Name).Keep(Retention.Staff);
        builder.Property(token => token.Value).Keep(Retention.Staff);
    }
}
