using CustomerGrains.Storage.Customers;
using Npgsql;
using NpgsqlTypes;

namespace CustomerGrains.Storage.Geo;

/// <summary>Where customers are, for administrators.</summary>
public sealed class GeoSearch(CustomerDatabase database)
{
    /// <summary>Addresses looked at in each cell, at first of some 25 metres: a tower with more
    /// gives some of them.</summary>
    private const int ExaminedPerCellMax = 300;

    /// <summary>Metres of the first look; enough in a town.</summary>
    private const double FirstMetres = 100;

    /// <summary>Of what is shown: as many the next look is to find, if people live there as close
    /// to each other as nearer by.</summary>
    private const double Aim = 1.5;

    /// <summary>Of the reach, from look to look.</summary>
    private const double GrowthMin = 1.25, GrowthMax = 4;

    /// <summary>The addresses that are nearest to a place. Looks further away only while there are
    /// too few: what it costs depends on how many are shown, not on how many live around.</summary>
    /// <param name="metres">At most.</param>
    /// <param name="limit">Addresses at most.</param>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<IReadOnlyList<NearAddress>> Nearest(
        decimal latitude, decimal longitude, double metres, int limit)
    {
        for (var reach = Math.Min(FirstMetres, metres); ;)
        {
            var found = await Within((double)latitude, (double)longitude, reach, limit)
                .ConfigureAwait(false);
            if (found.Count >= limit || reach >= metres) return found;
            reach = Math.Min(reach * Growth(found.Count, limit), metres);
        }
    }

    private static double Growth(int found, int limit) => found == 0
        ? GrowthMax
        : Math.Clamp(Math.Sqrt(Aim * limit / found), GrowthMin, GrowthMax);

    /// <summary>Customers by geohash, the most first.</summary>
    /// <param name="letters">Of a geohash.</param>
    /// <param name="limit">Cells at most.</param>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<IReadOnlyList<HeatCell>> HeatMap(int letters, int limit)
    {
        await using var command = database.General.Command(
            "Geo/heat_map", GeoCell.ShiftFor(letters), limit);
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        var cells = new List<HeatCell>();
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            var cell = reader.GetInt64(0);
            var (latitude, longitude) = GeoCell.Centre(cell, letters);
            cells.Add(new HeatCell(
                GeoCell.Text(cell, letters), latitude, longitude, reader.GetInt32(1)));
        }

        return cells;
    }

    private async Task<List<NearAddress>> Within(
        double latitude, double longitude, double metres, int limit)
    {
        var (lows, highs) = GeoCover.Of(latitude, longitude, metres);
        await using var command = database.Searches.CreateCommand(SqlText.Load("Geo/nearest"));
        command.Add(NpgsqlDbType.Array | NpgsqlDbType.Bigint, lows)
            .Add(NpgsqlDbType.Array | NpgsqlDbType.Bigint, highs)
            .Add(NpgsqlDbType.Double, latitude)
            .Add(NpgsqlDbType.Double, longitude)
            .Add(NpgsqlDbType.Double, metres)
            .Add(NpgsqlDbType.Integer, ExaminedPerCellMax)
            .Add(NpgsqlDbType.Integer, limit);
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        var found = new List<NearAddress>();
        while (await reader.ReadAsync().ConfigureAwait(false)) found.Add(Read(reader));
        return found;
    }

    private static NearAddress Read(NpgsqlDataReader r) => new()
    {
        Id = r.GetGuid(0),
        CustomerId = r.GetGuid(1),
        Name = r.TextOrNull(2),
        Label = r.GetString(3),
        City = r.TextOrNull(4),
        PostalCode = r.TextOrNull(5),
        Country = r.GetString(6),
        Latitude = Domain.Customers.AddressDetails.Degrees(r.GetDecimal(7)),
        Longitude = Domain.Customers.AddressDetails.Degrees(r.GetDecimal(8)),
        Metres = r.GetDouble(9),
    };
}

/// <summary>An address and how far away it is.</summary>
public sealed record NearAddress
{
    public required Guid Id { get; init; }
    public required Guid CustomerId { get; init; }

    /// <summary>The customer's.</summary>
    public required string? Name { get; init; }

    public required string Label { get; init; }
    public required string? City { get; init; }
    public required string? PostalCode { get; init; }
    public required string Country { get; init; }

    /// <summary>Degrees, WGS 84.</summary>
    public required decimal Latitude { get; init; }

    public required decimal Longitude { get; init; }
    public required double Metres { get; init; }

    /// <summary>Never the place.</summary>
    public override string ToString() => Id.ToString();
}

/// <param name="Latitude">Of the middle, degrees.</param>
/// <param name="Customers">Whose default address is in the cell.</param>
public sealed record HeatCell(string Geohash, double Latitude, double Longitude, int Customers);
