// The CPU engine and llama.cpp in turns, each in a process of its own, as shares of what the machine can do: `node compare.mjs [--rounds N]`.
// Needs `npm install` here, and the solution built in Release.
import {execFileSync} from "node:child_process";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {parseArgs} from "node:util";
import {bytesOfStep, operationsOfPrompt, writeModel} from "./model.mjs";

const here = import.meta.dirname;
const cortex = join(here, "../../src/Cli/bin/Release/net10.0/cortex.dll");
const rounds = Number(parseArgs({options: {rounds: {type: "string", default: "3"}}}).values.rounds);

const run = (command, ...words) => JSON.parse(execFileSync(command, words, {encoding: "utf8", stdio: ["ignore", "pipe", "inherit"]}));
const median = (numbers) => {
    const sorted = numbers.toSorted((a, b) => a - b);
    return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};

const folder = mkdtempSync(join(tmpdir(), "cortex-llama-cpp-"));
try {
    const model = join(folder, "random.gguf");
    writeModel(model);
    const figures = {};
    for (let round = 1; round <= rounds; round++) {
        const add = (figure, ours, theirs) => {
            (figures[figure] ??= []).push([ours, theirs]);
            console.error(`round ${round} of ${rounds}: ${figure} ${ours.toFixed(2)}, llama.cpp ${theirs.toFixed(2)}`);
        };
        const ours = run("dotnet", "exec", cortex, "bench", "measure", "decode");
        const theirs = run("node", join(here, "measure.mjs"), model, "decode");
        const one = median(theirs.one);
        add("decode_1_over_bandwidth", ours.decode_1_over_bandwidth, bytesOfStep / one / (ours.read_gb_per_s * 1e9));
        add("decode_8_over_1", ours.decode_8_over_1, 8 * median(theirs.one.map((seconds, i) => seconds / theirs.eight[i])));
        add("decode_shared_over_alone", ours.decode_shared_over_alone, theirs.shared[0]);
        const ourPrompt = run("dotnet", "exec", cortex, "bench", "measure", "prefill");
        const theirPrompt = run("node", join(here, "measure.mjs"), model, "prefill");
        add("prefill_512_over_peak", ourPrompt.prefill_512_over_peak, operationsOfPrompt(512) / median(theirPrompt.prompt) / (ourPrompt.fma_gflop_per_s * 1e9));
    }
    console.log(`${"figure".padEnd(28)}  cortex  llama.cpp    medians of ${rounds}`);
    for (const [figure, pairs] of Object.entries(figures)) {
        const [ours, theirs] = [0, 1].map((i) => median(pairs.map((pair) => pair[i])).toFixed(2));
        console.log(`${figure.padEnd(28)}  ${ours.padStart(6)}  ${theirs.padStart(9)}`);
    }
} finally {
    rmSync(folder, {recursive: true});
}
