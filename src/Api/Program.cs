using CustomerGrains.Api;
using CustomerGrains.Api.Hosting;

var builder = WebApplication.CreateSlimBuilder(ProgramFolder.Options(args));
builder.AddStandardInputWatch();
builder.AddGrainClient();
builder.AddFrontEnd();
builder.AddTelemetry();
builder.AddTracing();

var app = builder.Build();
app.UseOperationsPort();
app.UseFrontEnd();

return await app.RunUntilStopped();
