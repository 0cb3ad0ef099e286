namespace Cortex.Peers.Tests.Vllm.Plain;

/// <summary>The waiting requests. Under FCFS in order of arrival with the preempted in front; under priority by (priority, arrival).</summary>
internal sealed class PlainQueue(bool byPriority)
{
    private readonly List<PlainRequest> requests = [];

    public int Count => requests.Count;

    public void Arrive(PlainRequest request) => requests.Add(request);

    public void PutBack(PlainRequest preempted) => requests.Insert(0, preempted);

    public void Remove(PlainRequest request) => requests.Remove(request);

    /// <summary>Who is tried next: requests with stale tokens in flight are passed over.</summary>
    public PlainRequest? Next()
    {
        IEnumerable<PlainRequest> ready = requests.Where(request => request.S == 0);
        return byPriority ? ready.MinBy(request => (request.Priority, request.ArrivalNumber)) : ready.FirstOrDefault();
    }
}
