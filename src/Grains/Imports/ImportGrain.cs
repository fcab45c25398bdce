using System.Text.Json;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Orders;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Faults;
using CustomerGrains.Storage.Imports;

namespace CustomerGrains.Grains.Imports;

[GrainType("import")]
internal sealed class ImportGrain(
    ImportStore imports, ImportWork work, OrderDesk desk)
    : Grain, IImportGrain
{
    private bool _hasBegun;

    public async Task Add(ImportLines lines, Caller admin)
    {
        await Begin(admin);
        await desk.Ask(async () =>
        {
            await imports.Add(
                this.GetPrimaryKey(),
                new ImportChunk(lines.Chunk, lines.FirstLine, lines.Content));
            return true;
        });
    }

    public async Task<Reply> Start(RequestKey? key, Caller admin)
    {
        await Begin(admin);
        var start = await desk.Ask(() =>
            imports.Start(this.GetPrimaryKey(), key?.Scope, key?.Fingerprint));
        if (start.IsKeyReused) return Reply.Refused(ReplyCode.IdempotencyKeyReused);
        return new Reply
        {
            Code = ReplyCode.Ok,
            Replayed = start.IsReplay,
            Body = JsonSerializer.SerializeToUtf8Bytes(
                new ImportView(start.Id), ImportViewJson.Default.ImportView),
        };
    }

    public async Task<Reply> Get()
    {
        if (await desk.Ask(() => imports.Find(this.GetPrimaryKey())) is not { } found)
        {
            DeactivateOnIdle();
            return Reply.Refused(ReplyCode.ImportUnknown);
        }

        return new Reply
        {
            Code = ReplyCode.Ok,
            Body = JsonSerializer.SerializeToUtf8Bytes(
                new ImportProgressView(
                    found.State, found.RowsDone, found.RowsTotal, found.Created, found.Refused,
                    [
                        .. found.Report.Select(
                            r => new ImportRefusalView(r.Line, r.Code, r.Detail)),
                    ]),
                ImportViewJson.Default.ImportProgressView),
        };
    }

    public async Task<bool> Advance()
    {
        var id = this.GetPrimaryKey();
        if (await desk.Ask(() => imports.Next(id)) is not { } next) return false;
        try
        {
            await desk.Ask(async () =>
            {
                var (created, refusals) = await work.Do(id, next);
                FaultPoints.Pass(FaultPoints.ImportChunk);
                await imports.Finish(id, next.Chunk.Number, created, refusals);
                return true;
            });
        }
        catch (CommitUnknownException)
        {
            throw new TryAgainException("The database did not answer.");
        }

        return true;
    }

    private async Task Begin(Caller admin)
    {
        if (_hasBegun) return;
        await desk.Ask(async () =>
        {
            await imports.Begin(this.GetPrimaryKey(), admin.Id);
            return true;
        });
        _hasBegun = true;
    }
}
