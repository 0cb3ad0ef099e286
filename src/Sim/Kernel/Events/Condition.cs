namespace Cortex.Sim.Kernel;

/// <summary>
/// An event over others. It looks whenever a member is processed, is queued like any event when it is met, and fails with the first
/// member that fails. What it holds is settled when it is itself processed. A member that loses still happens.
/// </summary>
public class Condition : Event<ConditionValue>
{
    private readonly Func<IReadOnlyList<Event>, int, bool> met;
    private readonly Event[] members;
    private int happened;

    /// <param name="environment">Where its members happen.</param>
    /// <param name="met">Given the members, and how many of them have been processed: whether the condition is met.</param>
    /// <param name="members">In the order in which <see cref="ConditionValue"/> holds them. Without any, it is met at once.</param>
    /// <exception cref="ArgumentException">A member belongs to another environment.</exception>
    public Condition(SimEnvironment environment, Func<IReadOnlyList<Event>, int, bool> met, params IEnumerable<Event> members)
        : base(environment)
    {
        this.met = met;
        this.members = [.. members];
        foreach (Event member in this.members)
        {
            if (member.Environment != environment)
            {
                throw new ArgumentException("the events of a condition belong to one environment", nameof(members));
            }
        }
        if (this.members.Length == 0)
        {
            Succeed(new ConditionValue([]));
        }
        foreach (Event member in this.members)
        {
            if (member.IsProcessed)
            {
                Heard(member);
            }
            else
            {
                member.AddListener(this);
            }
        }
    }

    internal override void Heard(Event member)
    {
        if (IsTriggered)
        {
            return; // A member that fails now is on its own.
        }
        happened++;
        if (member.Failure is not null)
        {
            member.Defused = true;
            Fail(member.Failure);
        }
        else if (met(members, happened))
        {
            Succeed();
        }
    }

    private protected override void OnProcessed()
    {
        StopListening();
        if (Failure is null)
        {
            List<Event> past = [];
            Collect(past);
            Carried = new([.. past]);
        }
    }

    /// <summary>The members that are processed, those of conditions within included.</summary>
    private void Collect(List<Event> past)
    {
        foreach (Event member in members)
        {
            if (member is Condition inner)
            {
                inner.Collect(past);
            }
            else if (member.IsProcessed)
            {
                past.Add(member);
            }
        }
    }

    private void StopListening()
    {
        foreach (Event member in members)
        {
            member.RemoveListener(this);
            (member as Condition)?.StopListening();
        }
    }
}
