using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.SignIn;
using ContactChannel = CustomerGrains.Domain.Customers.ContactChannel;

namespace CustomerGrains.Grains.Contacts;

/// <summary>A contact, or what is wrong with it.</summary>
public sealed record ParsedContact
{
    public Contact? Contact { get; private init; }

    public MemberError? Error { get; private init; }

    internal static ParsedContact Valid(ContactChannel channel, string value) =>
        new() { Contact = new Contact(channel, value) };

    internal static ParsedContact Invalid(string member, string message) =>
        new() { Error = new MemberError(member, message) };
}
