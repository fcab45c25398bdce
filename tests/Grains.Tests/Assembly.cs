using CustomerGrains.Tests.Support;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresFixture))]
