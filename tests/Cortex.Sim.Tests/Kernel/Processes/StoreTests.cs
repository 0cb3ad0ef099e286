using Cortex.Policies;
using Cortex.Sim.Kernel;
using Xunit;

namespace Cortex.Sim.Tests.Kernel.Processes;

/// <summary>Stores in what the ported programs do not reach.</summary>
public sealed class StoreTests
{
    private readonly SimEnvironment env = new(seed: 9);

    [Fact]
    public void A_priority_store_gives_its_items_in_order()
    {
        PriorityStore<int> store = new(env);
        List<int> taken = [];
        env.Process(Model());
        env.Run();
        Assert.Equal(taken.Order(), taken);
        Assert.Equal(500, taken.Count);
        Assert.Empty(store.Items);

        async Process Model()
        {
            for (int i = 0; i < 500; i++)
            {
                await store.Put(env.Random("items").NextInt(100));
            }
            for (int i = 0; i < 500; i++)
            {
                taken.Add(await store.Get());
            }
        }
    }

    [Fact]
    public void Equal_items_leave_in_the_order_of_Pythons_heap()
    {
        PriorityStore<PriorityItem<string>> store = new(env);
        List<string> taken = [];
        env.Process(Model());
        env.Run();
        // As Python's heapq gives them, pushed in the order of the alphabet.
        Assert.Equal(["a", "c", "b", "d"], taken);

        async Process Model()
        {
            foreach (string name in new[] { "a", "b", "c", "d" })
            {
                await store.Put(new(1, name));
            }
            while (store.Count > 0)
            {
                taken.Add((await store.Get()).Item);
            }
        }
    }

    [Fact]
    public void A_store_holds_items_from_the_start()
    {
        TimeSeriesMonitor inside = new(env);
        FilterStore<string> box = new(env, capacity: 3, items: ["axe", "bolt", "nut"]) { Utilization = inside };
        PriorityStore<int> queue = new(env, items: [3, 1, 2]);
        Store<int> shelf = new(env, items: [7, 8]);
        Assert.Equal(3, inside.Level);
        Assert.False(box.Put("saw").IsTriggered);
        Assert.Equal(["bolt"], [env.Run(until: box.Get(item => item.StartsWith('b')))]);
        Assert.Equal((1, 7), (env.Run(until: queue.Get()), env.Run(until: shelf.Get())));
        Assert.Equal(["axe", "nut", "saw"], box.Items);
        Assert.Throws<ArgumentException>(() => new Store<int>(env, capacity: 1, items: [1, 2]));
    }

    [Fact]
    public void What_waits_can_be_seen_and_withdrawn()
    {
        Store<string> store = new(env, capacity: 1);
        env.Process(Model());
        env.Run();

        async Process Model()
        {
            await store.Put("one");
            StorePut<string> two = store.Put("two"), three = store.Put("three");
            Assert.Equal(["two", "three"], store.PutQueue.Select(put => put.Item));
            Assert.True(two.Cancel());
            Assert.False(two.Cancel());
            Assert.Equal("one", await store.Get());
            await three;
            Assert.Equal(["three"], store.Items);
            StoreGet<string> get = store.Get(), other = store.Get();
            _ = Assert.Single(store.GetQueue);
            Assert.Equal("three", await get);
            Assert.False(await other.Within(new Duration(5)));
        }
    }
}
