using CustomerGrains.Silo.Cluster;
using CustomerGrains.Silo.Customers;
using CustomerGrains.Silo.Database;
using CustomerGrains.Silo.Lifetime;
using CustomerGrains.Silo.Operations;
using CustomerGrains.Silo.SignIn;

var builder = WebApplication.CreateBuilder(args);

builder.LogAsJson();
builder.StopGracefully();
builder.ListenForOperators();
builder.AddDatabase();
builder.AddCustomers();
builder.AddSignIn();
builder.AddSiloToCluster();
builder.AddReadiness();
builder.AddMetrics();
builder.AddDashboardLogin();

var app = builder.Build();

app.UseAuthentication();
app.UseAuthorization();
app.MapHealth();
app.MapMetrics();
app.MapDashboard();

await app.RunAsync();
