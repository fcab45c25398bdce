namespace CustomerGrains.GrainInterfaces;

/// <summary>The way from a cancel or undo token to its customer. Stateless: any silo serves any
/// call.</summary>
[Alias("cg.IContactUndoGrain")]
public interface IContactUndoGrain : IGrainWithIntegerKey
{
    /// <summary>Answers a <see cref="ContactUndoView"/>, the same again when repeated. Refusals:
    /// InvalidMember, UndoOver.</summary>
    /// <param name="commandId">UUID v7 made at the edge.</param>
    [Alias("Undo")]
    Task<Reply> Undo(ContactUndoToken token, Guid commandId);
}
