namespace Cortex.Workloads;

/// <summary>
/// Recorded starts of a session's requests on one clock, its first request at 0. Requests of a sub-agent count from its start if any of
/// them is earlier than that, else from the session's.
/// </summary>
internal sealed class WekaClock
{
    private readonly List<long> offsets = [];

    /// <summary>By lane, the main agent first: start and duration of the request before; start −1 if there is none.</summary>
    private readonly List<(long StartNs, long ApiNs)> before = [];

    private long originNs;

    public void Begin(WekaSession session)
    {
        offsets.Clear();
        before.Clear();
        before.Add((-1, 0));
        for (int lane = 0; lane < session.LaneStarts.Count; lane++)
        {
            offsets.Add(0);
            before.Add((-1, 0));
        }
        foreach (WekaRequest request in session.Requests)
        {
            if (request.Lane >= 0 && request.StartNs < session.LaneStarts[request.Lane].StartNs)
            {
                offsets[request.Lane] = session.LaneStarts[request.Lane].StartNs;
            }
        }
        originNs = session.Requests.Count > 0 ? Start(session.Requests[0]) : 0;
    }

    /// <summary>From the end of the request before in its lane, as recorded, to its start: below 0 if they overlap, 0 if there is none.</summary>
    public long Gap(in WekaRequest request)
    {
        (long start, long api) = before[request.Lane + 1];
        return start < 0 ? 0 : Start(request) - start - api;
    }

    /// <summary>Takes the request as the last of its lane. Returns its start from the session's first request.</summary>
    public long Advance(in WekaRequest request)
    {
        before[request.Lane + 1] = (Start(request), request.ApiNs);
        return Start(request) - originNs;
    }

    private long Start(in WekaRequest request) => checked(request.StartNs + (request.Lane < 0 ? 0 : offsets[request.Lane]));
}
