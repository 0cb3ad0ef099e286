using Cortex.Policies;
using Cortex.Sim.Kernel;
using Xunit;

namespace Cortex.Sim.Tests.Kernel.Processes;

/// <summary>
/// Three processes ask for one slot, use it, and are interrupted or give up, in every order of their twelve operations: no slot is ever
/// lost, held twice, or given to somebody who has left the line.
/// </summary>
[Trait("check", "4")]
public sealed class InterleavingTests
{
    private const int Users = 3, Operations = 4;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_order_of_operations_loses_a_slot(bool leases)
    {
        int orders = 0;
        Permute(new int[Users], [], order =>
        {
            orders++;
            new Play(order, leases).Check();
        });
        Assert.Equal(34_650, orders); // 12! / (4!)³
    }

    /// <summary>All sequences of users in which each stands four times.</summary>
    private static void Permute(int[] used, List<int> order, Action<List<int>> visit)
    {
        if (order.Count == Users * Operations)
        {
            visit(order);
            return;
        }
        for (int user = 0; user < Users; user++)
        {
            if (used[user] < Operations)
            {
                used[user]++;
                order.Add(user);
                Permute(used, order, visit);
                order.RemoveAt(order.Count - 1);
                used[user]--;
            }
        }
    }

    private sealed class Play
    {
        private readonly SimEnvironment env = new();
        private readonly Resource desk;
        private readonly Process[] users = new Process[Users];
        private readonly Event[] begins = new Event[Users];
        private readonly Event[] ends = new Event[Users];
        private readonly bool leases;
        private int holders;

        /// <param name="order">Whose turn it is: first it asks, then it is interrupted, then it may end its use, then it is interrupted again.</param>
        /// <param name="leases">By leases, or by requests.</param>
        public Play(List<int> order, bool leases)
        {
            this.leases = leases;
            desk = new(env);
            for (int user = 0; user < Users; user++)
            {
                begins[user] = env.Event();
                ends[user] = env.Event();
                users[user] = env.Process(leases ? ByLease(user) : ByRequest(user));
            }
            env.Process(Director([.. order]));
        }

        public void Check()
        {
            env.Run();
            Assert.All(users, user => Assert.False(user.IsAlive));
            Assert.Equal(0, desk.Count);
            Assert.Equal(0, desk.QueueLength);
            Assert.Equal(0, holders);
        }

        private async Process Director(int[] order)
        {
            int[] turns = new int[Users];
            for (int i = 0; i < order.Length; i++)
            {
                // Every other operation falls into the instant of the one before.
                await env.Delay(new Duration(i % 2));
                int user = order[i];
                switch (turns[user]++)
                {
                    case 0:
                        begins[user].Succeed();
                        break;
                    case 2:
                        ends[user].Succeed();
                        break;
                    default:
                        if (users[user].IsAlive)
                        {
                            users[user].Interrupt();
                        }
                        break;
                }
                Assert.InRange(desk.Count, 0, 1);
            }
        }

        private async Process ByRequest(int user)
        {
            await begins[user].OrInterrupt();
            using Request request = desk.Request();
            if (!(await request.OrInterrupt()).Interrupted)
            {
                await Use(user);
            }
        }

        private async Process ByLease(int user)
        {
            await begins[user].OrInterrupt();
            Wake<Lease> wake = await desk.Acquire().OrInterrupt();
            using Lease lease = wake.Value;
            if (!wake.Interrupted)
            {
                await Use(user);
            }
        }

        private async Process Use(int user)
        {
            Assert.Equal(1, ++holders);
            await ends[user].OrInterrupt();
            holders--;
        }
    }
}
