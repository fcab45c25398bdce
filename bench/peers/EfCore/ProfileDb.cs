using CustomerGrains.Bench.Shared;
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

    public DbSet<OrderRow> Orders => Set<OrderRow>();

    public DbSet<AccessRow> Accesses => Set<AccessRow>();

    public DbSet<ReplyRow> Replies => Set<ReplyRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<UserRow>(user =>
        {
            user.ToTable("users").HasStorageParameter("fillfactor", Fillfactor);
            user.Property(u => u.Id).ValueGeneratedNever();
            user.Property(u => u.Version).IsConcurrencyToken();
            user.HasIndex(u => u.Phone).IsUnique();
            user.HasIndex(u => u.Email).IsUnique();
            user.HasMany(u => u.Addresses).WithOne().HasForeignKey(a => a.UserId);
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
        modelBuilder.Entity<AddressRecord>(address =>
        {
            address.ToTable("addresses").HasStorageParameter("fillfactor", Fillfactor);
            address.Property(a => a.Id).ValueGeneratedNever();
            address.Property(a => a.Latitude).HasPrecision(10, 8);
            address.Property(a => a.Longitude).HasPrecision(11, 8);
            address.HasIndex(a => a.UserId, "addresses_of_user");
            address.HasIndex(a => a.UserId, "one_default").IsUnique().HasFilter("\"IsDefault\"");
        });
        modelBuilder.Entity<OrderRow>(order =>
        {
            order.ToTable("orders");
            order.Property(o => o.Id).ValueGeneratedNever();
            order.Property(o => o.CustomerSnapshot).HasColumnType("jsonb");
        });
        modelBuilder.Entity<AccessRow>(access =>
        {
            access.ToTable("access_log");
            access.HasIndex(a => new { a.CustomerId, a.Id });
        });
        modelBuilder.Entity<ReplyRow>(reply =>
        {
            reply.ToTable("idempotent_replies");
            reply.HasKey(r => new { r.CustomerId, r.Scope });
        });
    }
}
