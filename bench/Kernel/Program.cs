using System.Diagnostics;
using Cortex.Bench.Kernel;

// What processes cost: M/M/8 at load 0.9 with a process a customer, against an object a customer with callbacks, and against a bare loop.
// CPU time of this process, collections included; rounds interleaved, the first of each dropped, medians of the others.
const int Servers = 8, Customers = 1_000_000, WarmUps = 3, Rounds = 9;
const double Load = 0.9;
string[] names = ["processes", "callbacks", "bare loop"];

List<double>[] rates = [[], [], []];
for (int round = 0; round < WarmUps + Rounds; round++)
{
    ulong seed = (ulong)round + 1;
    Func<int, long>[] models =
    [
        new ProcessQueue(Servers, Load, seed).Run,
        new CallbackCustomers(Servers, Load, seed).Run,
        new BareLoop(Servers, Load, seed).Run,
    ];
    (double Rate, double Bytes, long Waited)[] results = [.. models.Select(Measure)];
    if (results.Any(result => result.Waited != results[0].Waited))
    {
        Console.Error.WriteLine($"the models disagree: waits of {string.Join(", ", results.Select(result => result.Waited))} ns in all");
        return 3;
    }
    if (round >= WarmUps)
    {
        for (int i = 0; i < names.Length; i++)
        {
            rates[i].Add(results[i].Rate);
        }
        Console.WriteLine(FormattableString.Invariant(
            $"seed {seed,2}: {string.Join(", ", names.Select((name, i) => FormattableString.Invariant($"{name} {results[i].Rate / 1e6:F2}")))} M customers/s; a process {results[0].Bytes:F3} B; mean wait {results[0].Waited / 1e9 / Customers:F4} s"));
    }
}
double[] medians = [.. rates.Select(values => values.Order().ElementAt(values.Count / 2))];
Console.WriteLine(FormattableString.Invariant(
    $"M/M/8: a process a customer {medians[0] / 1e6:F2} M customers/s; {medians[0] / medians[1]:F2} of callbacks ({medians[1] / 1e6:F2}), {medians[0] / medians[2]:F2} of the bare loop ({medians[2] / 1e6:F2})"));
return 0;

static (double Rate, double Bytes, long Waited) Measure(Func<int, long> run)
{
    using Process self = Process.GetCurrentProcess();
    long bytes = GC.GetAllocatedBytesForCurrentThread();
    TimeSpan start = self.TotalProcessorTime;
    long waited = run(Customers);
    self.Refresh();
    return (Customers / (self.TotalProcessorTime - start).TotalSeconds, (double)(GC.GetAllocatedBytesForCurrentThread() - bytes) / Customers, waited);
}
