using CustomerGrains.Api;
using CustomerGrains.Silo.Cluster;
using CustomerGrains.Silo.Operations;

namespace CustomerGrains.Silo.Serving;

/// <summary>Whether this silo answers customers itself or leaves them to front ends of their
/// own. See docs/adr/0007.</summary>
internal static class ServingHosting
{
    public static void AddServing(this WebApplicationBuilder builder)
    {
        if (!IsServing(builder.Configuration))
        {
            builder.ListenForOperators();
            return;
        }

        builder.AddFrontEnd();
    }

    public static void UseServing(this WebApplication app)
    {
        if (IsServing(app.Configuration)) app.UseFrontEnd();
    }

    private static bool IsServing(IConfiguration configuration) =>
        configuration.GetSection(SiloOptions.Section).Get<SiloOptions>()?.ServesHttp == true;
}
