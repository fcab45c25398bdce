using CustomerGrains.Api.Hosting;
using CustomerGrains.Silo.Cluster;
using CustomerGrains.Silo.Customers;
using CustomerGrains.Silo.Database;
using CustomerGrains.Silo.Faults;
using CustomerGrains.Silo.Lifetime;
using CustomerGrains.Silo.Operations;
using CustomerGrains.Silo.Serving;
using CustomerGrains.Silo.SignIn;

var builder = WebApplication.CreateBuilder(ProgramFolder.Options(args));

builder.LogAsJson();
builder.StopGracefully();
builder.AddDatabase();
builder.AddFaultPoints();
builder.AddCustomers();
builder.AddSignIn();
builder.AddSiloToCluster();
builder.AddReadiness();
builder.AddMetrics();
builder.AddTracing();
builder.AddDashboardLogin();
builder.AddServing();

var app = builder.Build();

app.UseOperationsPort();
app.UseServing();

await app.RunAsync();
