using System.Text.RegularExpressions;
using CustomerGrains.Domain;
using CustomerGrains.GrainInterfaces;
using Shouldly;
using Xunit;

namespace CustomerGrains.Architecture.Tests;

public sealed partial class SourceTests
{
    [Fact]
    public void NoSqlText_InCodeOfTheService()
    {
        foreach (var (path, text) in Source.Files("src", "*.cs"))
            SqlText().IsMatch(text).ShouldBeFalse(path);
    }

    [Fact]
    public void NoFile_GrowsOutOfHand()
    {
        foreach (var (path, text) in Source.Files("src", "*.cs"))
            text.Count(c => c == '\n').ShouldBeLessThanOrEqualTo(300, path);
    }

    [Fact]
    public void EveryTable_HasAPrimaryKey_AndOnlyTimesWithAZone()
    {
        foreach (var (path, text) in Source.Files("sql", "*.sql"))
        {
            var tables = CreateTable().Count(text);
            PrimaryKey().Count(text).ShouldBeGreaterThanOrEqualTo(tables, path);
            text.ShouldNotContain("timestamp without time zone", Case.Insensitive, path);
            NakedTimestamp().IsMatch(text).ShouldBeFalse(path);
        }
    }

    [Fact]
    public void EveryRefusalOfTheDomain_HasItsNumberInTheContract()
    {
        foreach (var refusal in Enum.GetValues<Refusal>())
            ((ReplyCode)refusal).ToString().ShouldBe(refusal.ToString());
    }

    [GeneratedRegex("\"\\s*(SELECT .+ FROM|INSERT INTO|UPDATE \\w+ SET|DELETE FROM|CREATE TABLE|ALTER )\\b")]
    private static partial Regex SqlText();

    [GeneratedRegex(@"^CREATE TABLE", RegexOptions.Multiline)]
    private static partial Regex CreateTable();

    [GeneratedRegex(@"PRIMARY KEY")]
    private static partial Regex PrimaryKey();

    [GeneratedRegex(@"\btimestamp\b(?!tz)")]
    private static partial Regex NakedTimestamp();
}
