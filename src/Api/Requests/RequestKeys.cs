using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Requests;

internal static class RequestKeys
{
    /// <summary>The key as it travels: scoped to caller and path, so that nobody reads another's
    /// stored answer, and hashed, so that nothing personal in it is kept.</summary>
    /// <param name="customerId">For requests whose path does not name the customer they are kept
    /// with.</param>
    public static RequestKey Make(
        HttpRequest request,
        Caller caller,
        string key,
        ReadOnlySpan<byte> body,
        Guid? customerId = null)
    {
        var path = Encoding.UTF8.GetBytes(request.Path.Value ?? "");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, caller.Id.ToByteArray());
        Append(hash, path);
        Append(hash, Encoding.ASCII.GetBytes(key));
        if (customerId is { } customer) Append(hash, customer.ToByteArray());
        var scope = hash.GetHashAndReset();

        Append(hash, Encoding.UTF8.GetBytes(request.Method));
        Append(hash, path);
        Append(hash, Encoding.UTF8.GetBytes(request.QueryString.Value ?? ""));
        Append(hash, body);
        return new RequestKey(scope, hash.GetHashAndReset());
    }

    /// <summary>With its length in front, so that no two lists of parts look alike.</summary>
    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }
}
