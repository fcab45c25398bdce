using System.Data;
using Dapper;

namespace CustomerGrains.Bench.Dapper;

/// <summary>Dapper leaves dates without a time to whoever uses it.</summary>
internal sealed class DateHandler : SqlMapper.TypeHandler<DateOnly>
{
    public override void SetValue(IDbDataParameter parameter, DateOnly value)
    {
        parameter.DbType = DbType.Date;
        parameter.Value = value;
    }

    public override DateOnly Parse(object value) =>
        value is DateTime time ? DateOnly.FromDateTime(time) : (DateOnly)value;
}
