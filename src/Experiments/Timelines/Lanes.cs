namespace Cortex.Experiments.Timelines;

/// <summary>Side-by-side tracks for things of one group that may overlap in time: each takes the first free one, a new one if none is.</summary>
/// <param name="make">Makes the track with this number, from 0.</param>
internal sealed class Lanes(Func<int, Track> make)
{
    private readonly List<(Track Track, bool IsTaken)> lanes = [];

    /// <param name="from">The first lane that may be taken.</param>
    public Track Take(int from = 0)
    {
        int lane = from;
        while (lane < lanes.Count && lanes[lane].IsTaken)
        {
            lane++;
        }
        while (lanes.Count <= lane)
        {
            lanes.Add((make(lanes.Count), false));
        }
        lanes[lane] = lanes[lane] with { IsTaken = true };
        return lanes[lane].Track;
    }

    public void Return(Track track)
    {
        int lane = lanes.FindIndex(lane => lane.Track == track);
        lanes[lane] = (track, false);
    }
}
