using CustomerGrains.GrainInterfaces;
using Orleans.Runtime.Messaging;

namespace CustomerGrains.Api.Problems;

/// <summary>Tells failures (repeat the request) from defects (report them).</summary>
internal static class Failures
{
    /// <summary>True when the outcome is unknown or the service is busy, starting or stopping:
    /// repeating the same request is right.</summary>
    public static bool MayPass(Exception? exception) => exception switch
    {
        AggregateException many => many.InnerExceptions.Any(MayPass),
        TryAgainException => true,
        TimeoutException => true,
        OrleansMessageRejectionException => true,
        GatewayTooBusyException => true,
        ConnectionFailedException => true,
        SiloLostException => true,
        ClientNotAvailableException => true,
        LimitExceededException => true,
        OperationCanceledException => true,
        ObjectDisposedException => true,
        _ => false,
    };

    /// <summary>True when the call got lost on its way to the grain or back, because a silo went or
    /// came. Unlike overload and a database that is away, this may be over in a moment.</summary>
    public static bool GotLost(Exception exception) => exception is
        OrleansMessageRejectionException or ConnectionFailedException or ClientNotAvailableException
            or SiloLostException;
}
