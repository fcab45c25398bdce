namespace CustomerGrains.Launcher.Running;

/// <summary>What the operator asked of <c>run</c>.</summary>
/// <param name="Port">Of the API.</param>
/// <param name="OpsPort">Of the first silo's pages for operators.</param>
/// <param name="DemoCustomers">Invented customers to load first.</param>
/// <param name="FrontEndApart">The API is a process of its own, not part of the silo.</param>
internal sealed record RunOptions(
    int Port, int OpsPort, int Silos, int DemoCustomers, bool FrontEndApart);
