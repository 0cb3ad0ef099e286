using Cortex.Policies.Random;
using Cortex.Policies.Registry;

namespace Cortex.Policies.Tests.Conformance;

/// <summary>What every routing policy keeps to.</summary>
public sealed class RoutingConformance
{
    private const int Seeds = 200;

    public static TheoryData<string> All => Registered.Names(PolicyAxis.Routing);

    public static TheoryData<string> IgnoringOrder => Registered.Names(PolicyAxis.Routing, policy => policy.IgnoresOrder);

    [Theory]
    [MemberData(nameof(All))]
    public void Answers_are_indices_of_candidates(string name)
    {
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            FakeWorkers[] questions = Questions(seed);
            Assert.All(Answers(Make(name), questions, seed).Zip(questions), pair => Assert.InRange(pair.First, 0, pair.Second.Count - 1));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Equal_questions_get_equal_answers(string name)
    {
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            Assert.Equal(Answers(Make(name), Questions(seed), seed), Answers(Make(name), Questions(seed), seed));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Instances_do_not_know_of_each_other(string name)
    {
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            FakeWorkers[] questions = Questions(seed), others = Questions(seed + Seeds);
            IRoutingPolicy policy = Make(name), neighbour = Make(name);
            RandomStream random = new(seed, "policy"), otherRandom = new(seed + Seeds, "policy");
            var between = new List<int>();
            for (int i = 0; i < questions.Length; i++)
            {
                between.Add(Ask.Route(policy, questions[i], random));
                Ask.Route(neighbour, others[i], otherRandom);
            }
            Assert.Equal(Answers(Make(name), questions, seed), between);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Slots_are_no_ground_for_a_decision(string name)
    {
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            Assert.Equal(Answers(Make(name), Questions(seed), seed), Answers(Make(name), Questions(seed), seed, slots: 1000));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Decisions_allocate_nothing(string name)
    {
        IRoutingPolicy policy = Make(name);
        FakeWorkers[] questions = Questions(seed: 1);
        var random = new RandomStream(1, name);
        Allocation.AssertNone(() =>
        {
            foreach (FakeWorkers workers in questions)
            {
                Ask.Route(policy, workers, random);
            }
        });
    }

    [Theory]
    [MemberData(nameof(IgnoringOrder))]
    public void The_worker_chosen_does_not_depend_on_the_order_of_candidates(string name)
    {
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            var draws = new RandomStream(seed, "workers");
            FakeWorkers workers = FakeWorkers.DrawDistinct(draws);
            int[] order = FakeWorkers.Shuffled(workers.Count, draws);
            int answer = Ask.Route(Make(name), workers, new RandomStream(seed, name));
            int reordered = Ask.Route(Make(name), workers.Reordered(order), new RandomStream(seed, name));
            Assert.Equal(answer, order[reordered]);
        }
    }

    private static IRoutingPolicy Make(string name) => Registered.Make<IRoutingPolicy>(PolicyAxis.Routing, name);

    private static FakeWorkers[] Questions(ulong seed)
    {
        var random = new RandomStream(seed, "workers");
        return [.. Enumerable.Range(0, 40).Select(_ => FakeWorkers.Draw(random))];
    }

    private static List<int> Answers(IRoutingPolicy policy, FakeWorkers[] questions, ulong seed, int slots = 0)
    {
        var random = new RandomStream(seed, "policy");
        return [.. questions.Select((workers, i) => Ask.Route(policy, workers, random, slot: slots + i, arrival: i))];
    }
}
