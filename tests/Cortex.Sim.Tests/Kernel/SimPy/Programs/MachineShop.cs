using Cortex.Sim.Kernel;

namespace Cortex.Sim.Tests.Kernel.SimPy.Programs;

/// <summary>Machines that break down while working; one repairer, who has other work of lower priority.</summary>
internal sealed class MachineShop : SimPyProgram
{
    private const int Breakdown = 1, Other = 2;

    protected override void Model()
    {
        PreemptiveResource repairer = new(Env, capacity: 1);
        Machine[] machines = [.. Enumerable.Range(0, Given.Count("machines")).Select(number => new Machine(this, $"m{number}", repairer))];
        Env.Process(OtherWork(repairer));
        Env.Run(until: new Cortex.Policies.Instant(Given.Number("until")));
        foreach (Machine machine in machines)
        {
            Log(machine.Name, "total", $"parts={machine.Parts} down={machine.Down.Area}");
        }
    }

    private async Process OtherWork(PreemptiveResource repairer)
    {
        for (int number = 1; ; number++)
        {
            long left = Given.Draw("other work");
            while (left > 0)
            {
                using Request request = repairer.Request(Other);
                await request;
                long since = Now;
                if ((await Delay(left).OrInterrupt()).Interrupted)
                {
                    left -= Now - since;
                    Log("other", "put aside", $"left={left}");
                }
                else
                {
                    left = 0;
                }
            }
            Log("other", "done", number);
        }
    }

    private sealed class Machine
    {
        private readonly MachineShop shop;
        private readonly PreemptiveResource repairer;
        private readonly Process process;
        private bool broken;

        public Machine(MachineShop shop, string name, PreemptiveResource repairer)
        {
            (this.shop, Name, this.repairer) = (shop, name, repairer);
            Down = shop.Level();
            process = shop.Env.Process(Working());
            shop.Env.Process(Breaking());
        }

        public string Name { get; }

        public int Parts { get; private set; }

        public TimeSeriesMonitor Down { get; }

        private async Process Working()
        {
            while (true)
            {
                long left = shop.Given.Draw($"{Name} work");
                while (left > 0)
                {
                    long since = shop.Now;
                    try
                    {
                        await shop.Delay(left);
                        left = 0;
                    }
                    catch (InterruptException)
                    {
                        left -= shop.Now - since;
                        await Repair(left);
                    }
                }
                Parts++;
                shop.Log(Name, "part", Parts);
            }
        }

        private async Process Repair(long left)
        {
            broken = true;
            Down.Increase();
            shop.Log(Name, "breaks", $"left={left}");
            using (Request request = repairer.Request(Breakdown))
            {
                await request;
                shop.Log(Name, "repair starts");
                await shop.Delay(shop.Given.Number("repair"));
            }
            shop.Log(Name, "repaired");
            Down.Decrease();
            broken = false;
        }

        /// <summary>A breakdown that falls into a repair does nothing.</summary>
        private async Process Breaking()
        {
            while (true)
            {
                await shop.Delay(shop.Given.Draw($"{Name} life"));
                if (!broken)
                {
                    process.Interrupt();
                }
            }
        }
    }
}
