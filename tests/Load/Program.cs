using CustomerGrains.Tests.Load;
using CustomerGrains.Tests.Load.Histories;
using CustomerGrains.Tests.Support;

// Clients in a process of their own, which a test may kill like any other: CustomerGrains.Load ORDER.
// Ends with its standard input.
var order = LoadOrder.Parse(args[0]);
using var canaries = new StreamWriter(order.Canaries) { AutoFlush = true };
Canaries.All.CopyTo(canaries);
var before = History.ReadFolder(order.Folder);
using var history = HistoryWriter.In(order.Folder, order.Generation);
await using var staff = await StaffReaders.Start(order.Api, history, order.Watched);
await using var stories =
    await StoryLoad.Start(order.Api, history, order.Stories, order.Generation);
await using var load = await EditLoad.Start(order.Api, history, order.Editors, before);

var end = Task.Run(Console.In.ReadToEnd); // its ReadToEndAsync waits in this thread
while (!end.IsCompleted)
{
    Report();
    await load.Failed;
    await stories.Failed;
    await Task.WhenAny(end, Task.Delay(TimeSpan.FromMilliseconds(50)));
}

await load.Stop();
await stories.Stop();
await staff.Stop();
Report();

void Report() => Console.WriteLine(new LoadProgress(
    [.. load.Clients.Select(c => c.Acknowledged)], stories.Told,
    load.Clients.Sum(c => c.Replayed), load.Clients.Sum(c => c.Retried),
    load.Clients.Max(c => c.LongestWait)));
