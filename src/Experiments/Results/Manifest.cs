using System.Runtime.InteropServices;
using System.Text.Json;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;

namespace Cortex.Experiments.Results;

/// <summary><c>manifest.json</c>: all that is needed to say what was run, and to run it again.</summary>
public sealed record Manifest
{
    internal const string CellsFolderKey = "cells_folder";
    internal const string CapacityKey = "capacity";
    internal const string FilesKey = "files";

    public required Experiment Experiment { get; init; }
    public required IReadOnlyList<PlannedCell> Cells { get; init; }
    public required IReadOnlyDictionary<string, CellOutcome> Outcomes { get; init; }
    public required TraceHashes Traces { get; init; }
    public required string CommandLine { get; init; }

    /// <summary>The repetitions behind each row. By default those of a sweep.</summary>
    public IReadOnlyList<IReadOnlyList<PlannedCell>> Rows { get => field ?? [.. Cells.Chunk(Experiment.Repeat)]; init; }

    /// <summary>What a search for capacities found; null: this was none.</summary>
    public IReadOnlyList<CapacityRow>? Capacities { get; init; }

    /// <summary>Where the cells lie, from the folder of the manifest; null: in <c>cells</c> below it.</summary>
    public string? CellsFolder { get; init; }

    /// <summary>Cells at a time.</summary>
    public required int Jobs { get; init; }

    /// <summary>Wall-clock time of the command.</summary>
    public required TimeSpan Duration { get; init; }

    public void Write(Stream file)
    {
        using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("experiment", Experiment.Name);
        json.WriteString("command", CommandLine);
        WriteProgram(json);
        WriteMachine(json);
        json.WriteString(CostStamp.Key, CostStamp.WordFor(Cells.Select(planned => planned.Cell.Stamp)));
        json.WriteString("baseline", Experiment.Baseline);
        json.WriteNumber("repeat", Experiment.Repeat);
        json.WriteStartArray("seeds");
        foreach (ulong seed in Cells.Select(planned => planned.Cell.Seed).Distinct())
        {
            json.WriteNumberValue(seed);
        }
        json.WriteEndArray();
        json.WriteStartArray("traces");
        foreach ((string path, string hash) in Traces.All)
        {
            json.WriteStartObject();
            json.WriteString("path", path);
            json.WriteString("sha256", hash);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("rows");
        foreach (IReadOnlyList<PlannedCell> repetitions in Rows)
        {
            WriteRow(json, repetitions);
        }
        json.WriteEndArray();
        if (CellsFolder is { } folder)
        {
            json.WriteString(CellsFolderKey, folder);
        }
        if (Capacities is { } capacities)
        {
            json.WriteStartArray(CapacityKey);
            foreach (CapacityRow row in capacities)
            {
                WriteCapacity(json, row);
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private void WriteCapacity(Utf8JsonWriter json, CapacityRow row)
    {
        json.WriteStartObject();
        json.WriteString("policy", row.Policy);
        json.WriteStartObject("axes");
        foreach ((string axis, string value) in Experiment.Axes.Where(axis => axis != ExperimentLoader.LoadAxis).Zip(row.AxisValues))
        {
            json.WriteString(axis, value);
        }
        json.WriteEndObject();
        json.WriteString(CostStamp.Key, row.Stamp.Word);
        json.WriteStartObject("settings");
        json.WriteStartObject("costs");
        json.WriteString("model", row.Stamp.Model);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("found");
        foreach (CapacityFound found in row.Repetitions)
        {
            json.WriteStartObject();
            json.WriteNumber("seed", found.Seed);
            if (found.Load is { } load)
            {
                json.WriteNumber("load", load);
            }
            if (found.Key is { } key)
            {
                json.WriteString("key", key);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteProgram(Utf8JsonWriter json)
    {
        json.WriteString("version", BuildIdentity.Version);
        json.WriteString("build", BuildIdentity.Hash);
        if (SourceVersion.Find() is { } source)
        {
            json.WriteString("commit", source.Commit);
            json.WriteBoolean("dirty", source.Dirty);
        }
    }

    private void WriteMachine(Utf8JsonWriter json)
    {
        json.WriteString("dotnet", RuntimeInformation.FrameworkDescription);
        json.WriteString("os", RuntimeInformation.OSDescription);
        json.WriteString("cpu", Machine.Processor);
        json.WriteNumber("processors", Environment.ProcessorCount);
        json.WriteNumber("jobs", Jobs);
        json.WriteNumber("duration_s", Math.Round(Duration.TotalSeconds, 3));
    }

    private void WriteRow(Utf8JsonWriter json, IReadOnlyList<PlannedCell> repetitions)
    {
        ResolvedCell cell = repetitions[0].Cell;
        json.WriteStartObject();
        json.WriteString("policy", cell.Policies.Name);
        json.WriteStartObject("axes");
        foreach ((string axis, string value) in Experiment.Axes.Zip(cell.AxisValues))
        {
            json.WriteString(axis, value);
        }
        json.WriteEndObject();
        json.WriteString(CostStamp.Key, cell.Stamp.Word);
        json.WritePropertyName("settings");
        CellJson.WriteSettings(json, cell);
        WriteFiles(json, cell);
        json.WriteStartArray("cells");
        foreach (PlannedCell planned in repetitions)
        {
            json.WriteStartObject();
            json.WriteNumber("seed", planned.Cell.Seed);
            json.WriteString("key", planned.Key);
            CellOutcome? outcome = Outcomes.GetValueOrDefault(planned.Key);
            json.WriteString(outcome?.Result is null ? "failure" : "fingerprint", outcome?.Result?.Fingerprint ?? outcome?.Failure);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Settings that are files, by their keys, besides the trace. A cell's address knows what they hold; who runs it again asks where they are.</summary>
    private static void WriteFiles(Utf8JsonWriter json, ResolvedCell cell)
    {
        json.WriteStartObject(FilesKey);
        foreach (ResolvedEngine engine in cell.Engines.Where(engine => engine.Written.IsOnCpu && engine.Model.Name != engine.Written.Model))
        {
            json.WriteString($"cluster.engines.{engine.Settings.Name}.model", engine.Written.Model);
        }
        if (cell.Costs.Options.TryGetValue("file", out string? file))
        {
            json.WriteString("costs.file", file);
        }
        json.WriteEndObject();
    }
}
