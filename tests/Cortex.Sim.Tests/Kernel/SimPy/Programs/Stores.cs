using Cortex.Sim.Kernel;

namespace Cortex.Sim.Tests.Kernel.SimPy.Programs;

/// <summary>Store, FilterStore and PriorityStore: blocked puts and gets, their order, and a get that is withdrawn.</summary>
internal sealed class Stores : SimPyProgram
{
    protected override void Model()
    {
        Store<string> shelf = new(Env, Given.Count("shelf"));
        StartPuts("shelf puts", shelf, item => item);
        foreach (var get in Given["shelf gets"].EnumerateObject())
        {
            Env.Process(Gets(get.Name, get.Value.GetInt64(), shelf.Get, item => item));
        }
        Env.Process(Impatient("impatient", Given["impatient"][0].GetInt64(), Given["impatient"][1].GetInt64(), shelf));

        FilterStore<string> box = new(Env, Given.Count("box"));
        StartPuts("box puts", box, item => item);
        foreach (var get in Given["box gets"].EnumerateObject())
        {
            char letter = get.Value[1].GetString()![0];
            Env.Process(Gets(get.Name, get.Value[0].GetInt64(), () => box.Get(item => item[0] == letter), item => item));
        }

        PriorityStore<PriorityItem<string>> heap = new(Env, Given.Count("heap"));
        StartPuts("heap puts", heap, item => new(double.Parse(item.Split(':')[0]), item.Split(':')[1]));
        foreach (var get in Given["heap gets"].EnumerateObject())
        {
            Env.Process(Gets(get.Name, get.Value.GetInt64(), heap.Get, item => item.Item));
        }

        Env.Run();
        Log("shelf", "left", string.Join(' ', shelf.Items));
        Log("box", "left", string.Join(' ', box.Items));
        Log("heap", "left", string.Join(' ', heap.Items.Order().Select(item => item.Item)));
    }

    private void StartPuts<T>(string plans, StoreBase<T> store, Func<string, T> wrap)
    {
        foreach (var plan in Given[plans].EnumerateObject())
        {
            Env.Process(Puts(plan.Name, [.. plan.Value.EnumerateArray().Select(step => (step[0].GetInt64(), step[1].GetString()!))], store, wrap));
        }
    }

    private async Process Puts<T>(string name, (long At, string Item)[] plan, StoreBase<T> store, Func<string, T> wrap)
    {
        foreach ((long at, string item) in plan)
        {
            await Delay(Math.Max(0, at - Now));
            Log(name, "offers", item);
            await store.Put(wrap(item));
            Log(name, "put", item);
        }
    }

    private async Process Gets<T>(string name, long at, Func<StoreGet<T>> get, Func<T, string> show)
    {
        await Delay(at);
        Log(name, "asks");
        T item = await get();
        Log(name, "got", show(item));
    }

    private async Process Impatient(string name, long at, long patience, Store<string> store)
    {
        await Delay(at);
        using StoreGet<string> get = store.Get();
        ConditionValue result = await (get | Timeout(patience));
        Log(name, result.Contains(get) ? "got" : "gave up", result.Contains(get) ? result.Get(get) : "");
    }
}
