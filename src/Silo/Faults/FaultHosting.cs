using CustomerGrains.Storage.Faults;

namespace CustomerGrains.Silo.Faults;

internal static class FaultHosting
{
    private const string Setting = "Faults:Folder";

    /// <exception cref="InvalidOperationException">Faults are wanted outside Development.
    /// </exception>
    public static void AddFaultPoints(this WebApplicationBuilder builder)
    {
        var folder = builder.Configuration[Setting];
        if (string.IsNullOrEmpty(folder)) return;
        if (!builder.Environment.IsDevelopment())
            throw new InvalidOperationException($"{Setting} is for tests, in Development.");
        FaultPoints.Enable(folder);
    }
}
