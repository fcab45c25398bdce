using CustomerGrains.Storage.Branches;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerGrains.Storage;

/// <summary>Registers what reads for branches.</summary>
public static class BranchStorageServices
{
    /// <param name="connectionString">As the role <c>branch_desk</c>; where there is no such login,
    /// as <c>service</c>, which may take the role <c>utb</c> as well.</param>
    public static IServiceCollection AddBranchStorage(
        this IServiceCollection services, string connectionString) => services
        .AddSingleton(_ => new BranchDatabase(connectionString))
        .AddSingleton<BranchStore>();
}
