namespace CustomerGrains.Api.Endpoints;

internal static class Calls
{
    public static void AddCalls(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CustomerReferences>();
        builder.Services.AddSingleton<CustomerCalls>();
        builder.Services.AddSingleton<OrderOwners>();
        builder.Services.AddSingleton<OrderCalls>();
        builder.Services.AddSingleton<RiderCalls>();
        builder.Services.AddSingleton<AdminCalls>();
        builder.Services.AddSingleton<OpenCalls>();
    }
}
