using Microsoft.EntityFrameworkCore;

namespace CustomerGrains.Bench.EfCore;

/// <summary>The tables: identity, profile, and a history row for each change.</summary>
internal sealed class ProfileDb(DbContextOptions<ProfileDb> options) : DbContext(options)
{
    /// <summary>Connections of the pool: the best of 16, 24 and 32 on two processors.</summary>
    public const int ConnectionsMax = 24;

    // Per cent; room for the next version of a row on the same page.
    private const int Fillfactor = 90;

    public DbSet<UserRow> Users => Set<UserRow>();

    public DbSet<HistoryRow> History => Set<HistoryRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<UserRow>(user =>
        {
            user.ToTable("users").HasStorageParameter("fillfactor", Fillfactor);
            user.Property(u => u.Id).ValueGeneratedNever();
            user.Property(u => u.Version).IsConcurrencyToken();
            user.HasIndex(u => u.Phone).IsUnique();
            user.HasIndex(u => u.Email).IsUnique();
            user.HasOne(u => u.Profile).WithOne().HasForeignKey<ProfileRow>(p => p.UserId);
        });
        modelBuilder.Entity<ProfileRow>(profile =>
        {
            profile.ToTable("customer_profiles").HasStorageParameter("fillfactor", Fillfactor);
            profile.HasKey(p => p.UserId);
            profile.Property(p => p.NotificationPreferences).HasColumnType("jsonb");
            profile.Property(p => p.TotalSpend).HasPrecision(14, 2);
        });
        modelBuilder.Entity<HistoryRow>(history =>
        {
            history.ToTable("profile_history");
            history.HasKey(h => new { h.CustomerId, h.Sequence });
        });
    }
}
