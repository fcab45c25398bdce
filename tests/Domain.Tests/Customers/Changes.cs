using System.Collections.Immutable;
using CustomerGrains.Domain.Customers;
using static CustomerGrains.Domain.Tests.Customers.Samples;

namespace CustomerGrains.Domain.Tests.Customers;

/// <summary>Commands of contact changes. Change number n has the code, the cancel token and the
/// undo token that follow from n.</summary>
internal static class Changes
{
    public const string OldPhone = "+4915112345678";
    public const string NewPhone = "+4915187654321";

    public static CustomerCommand RequestPhone(
        int n, string value = NewPhone, bool isConfirmed = false) =>
        new CustomerCommand.RequestContactChange(
            Id(n), ContactChannel.Phone, value, isConfirmed, Code(n), Token(n));

    public static CustomerCommand RequestEmail(int n, string value) =>
        new CustomerCommand.RequestContactChange(
            Id(n), ContactChannel.Email, value, false, Code(n), Token(n));

    public static CustomerCommand Resend(
        int n, FormerChange former = FormerChange.Unknown) =>
        new CustomerCommand.ResendContactChange(Id(n), Code(n), former);

    public static CustomerCommand Verify(
        int n, bool right = true, FormerChange former = FormerChange.Unknown) =>
        new CustomerCommand.VerifyContactChange(Id(n), right, UndoToken(n), former);

    public static CustomerCommand Cancel(
        int n, FormerChange former = FormerChange.Unknown) =>
        new CustomerCommand.CancelContactChange(Id(n), former);

    /// <summary>With the token that was sent at completion.</summary>
    public static CustomerCommand Undo(int n) =>
        new CustomerCommand.UndoContactChange(UndoToken(n));

    /// <summary>With the token that was sent at the request.</summary>
    public static CustomerCommand CancelByToken(int n) =>
        new CustomerCommand.UndoContactChange(Token(n));

    public static SecretHash Code(int n) => Hash(1, n);

    public static SecretHash Token(int n) => Hash(2, n);

    public static SecretHash UndoToken(int n) => Hash(3, n);

    private static SecretHash Hash(byte kind, int n) =>
        new(ImmutableArray.Create([.. new byte[30], kind, (byte)n]));
}
