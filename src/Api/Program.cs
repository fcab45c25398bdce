using CustomerGrains.Api.Auth;
using CustomerGrains.Api.Documents;
using CustomerGrains.Api.Endpoints;
using CustomerGrains.Api.Hosting;
using CustomerGrains.Api.Problems;
using CustomerGrains.Api.RateLimits;

var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
{
    Args = args,
    ContentRootPath = AppContext.BaseDirectory,
});
builder.AddListeners();
builder.AddGrainClient();
builder.AddCalls();
builder.AddBearerTokens();
builder.AddRateLimits();
builder.AddTelemetry();
builder.AddApiDocument();

var app = builder.Build();
app.UseOperationsPort();
app.UseProblems();
app.UseStartGate();
app.UseTrustedProxies();
app.UseRouting();
app.UseAuthentication();
app.UseRateLimiter();
app.UseAuthorization();
app.MapSignIn();
app.MapCustomer();
app.MapContactUndo();
app.MapOperation();
app.MapDevelopment();
app.MapApiDocument();

return await app.RunUntilStopped();
