using System.Globalization;
using System.Text;
using Npgsql;

namespace CustomerGrains.Storage.Tests.Security;

/// <summary>A branch's connection in the wrong hands: says whatever it likes and keeps all that
/// comes back, rows, errors and notices.</summary>
internal sealed class StolenConnection : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly StringBuilder _heard = new();

    private StolenConnection(NpgsqlConnection connection)
    {
        _connection = connection;
        connection.Notice += (_, e) => _heard.AppendLine(e.Notice.MessageText);
    }

    public string Heard => _heard.ToString();

    public static async Task<StolenConnection> Open(string connectionString)
    {
        var connection = new NpgsqlConnection(
            connectionString + ";Pooling=false;Include Error Detail=true");
        await connection.OpenAsync();
        return new StolenConnection(connection);
    }

    /// <summary>One statement after the other, whatever becomes of each.</summary>
    public async Task Say(IEnumerable<string> statements)
    {
        foreach (var statement in statements)
        {
            try
            {
                if (statement.StartsWith("COPY", StringComparison.Ordinal)) await Copy(statement);
                else await Ask(statement);
            }
            catch (PostgresException e)
            {
                _heard.AppendJoin(' ', e.MessageText, e.Detail, e.Hint, e.Where).AppendLine();
            }
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task Ask(string statement)
    {
        await using var command = new NpgsqlCommand(statement, _connection)
        {
            // Texts of all types.
            AllResultTypesAreUnknown = true,
        };
        await using var reader = await command.ExecuteReaderAsync();
        do
        {
            while (await reader.ReadAsync())
            {
                for (var i = 0; i < reader.FieldCount; i++)
                {
                    if (!await reader.IsDBNullAsync(i))
                        _heard.Append(reader.GetString(i)).Append(' ');
                }

                _heard.AppendLine();
            }
        }
        while (await reader.NextResultAsync());
        _heard.AppendLine(CultureInfo.InvariantCulture, $"({reader.RecordsAffected})");
    }

    private async Task Copy(string statement)
    {
        using var export = await _connection.BeginTextExportAsync(statement);
        _heard.AppendLine(await export.ReadToEndAsync());
    }
}
