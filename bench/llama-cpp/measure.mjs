// What `cortex bench runtime` measures, on llama.cpp: `node measure.mjs MODEL decode|prefill` prints seconds as JSON. Steps are handed to
// llama.cpp itself, without sampling, so that what is timed is its work alone.
import {spawn} from "node:child_process";
import {availableParallelism} from "node:os";
import {getLlama, LlamaLogLevel} from "node-llama-cpp";

const BATCH = 8, PROMPT = 32, ROUNDS = 15, STEPS_EACH = 4, SHARED_STEPS = 40, LONG_PROMPT = 512, LONG_ROUNDS = 3;
const [path, what] = process.argv.slice(2);

const threads = availableParallelism();
const llama = await getLlama({gpu: false, build: "never", maxThreads: threads, logLevel: LlamaLogLevel.error});
const model = await llama.loadModel({modelPath: path});
const context = await model.createContext({sequences: BATCH + 1, contextSize: 2 * LONG_PROMPT, batchSize: LONG_PROMPT, threads, ignoreMemorySafetyChecks: true});
const engine = context._ctx;   // one step at a time; the public interface batches by itself

const positions = new Array(BATCH + 1).fill(0);
const token = (i) => (i * 7919 + 13) % 49152;

/** Seconds of one step: a row of [sequence, tokens] each, with logits behind its last token. */
async function step(rows) {
    engine.initBatch(rows.reduce((sum, [, count]) => sum + count, 0));
    for (const [sequence, count] of rows) {
        engine.addToBatch(sequence, positions[sequence], Uint32Array.from({length: count}, (_, i) => token(positions[sequence] + i)), Uint32Array.of(count - 1));
        positions[sequence] += count;
    }
    const start = process.hrtime.bigint();
    await engine.decodeBatch();
    return Number(process.hrtime.bigint() - start) / 1e9;
}

async function prompt(sequence, count) {
    engine.disposeSequence(sequence);
    positions[sequence] = 0;
    return await step([[sequence, count]]);
}

async function fastest(rows) {
    let best = Infinity;
    for (let i = 0; i < STEPS_EACH; i++) {
        best = Math.min(best, await step(rows));
    }
    return best;
}

/** Seconds of many steps of one sequence, from first to last. */
async function stretch() {
    await prompt(BATCH, PROMPT);
    let seconds = 0;
    for (let i = 0; i < SHARED_STEPS; i++) {
        seconds += await step([[BATCH, 1]]);
    }
    return seconds;
}

const alone = [[BATCH, 1]];
const together = Array.from({length: BATCH}, (_, sequence) => [sequence, 1]);

async function decode() {
    for (let sequence = 0; sequence <= BATCH; sequence++) {
        await prompt(sequence, PROMPT);
    }
    const result = {one: [], eight: [], shared: []};
    for (let round = -1; round < ROUNDS; round++) {
        const [one, eight] = [await fastest(alone), await fastest(together)];
        if (round >= 0) {
            result.one.push(one);
            result.eight.push(eight);
        }
    }
    const before = await stretch();
    const busy = spawn(process.execPath, ["-e", "for (;;);"]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    result.shared.push(before / await stretch());
    busy.kill("SIGKILL");
    return result;
}

async function prefill() {
    const result = {prompt: []};
    for (let round = -1; round < LONG_ROUNDS; round++) {
        const seconds = await prompt(0, LONG_PROMPT);
        if (round >= 0) {
            result.prompt.push(seconds);
        }
    }
    return result;
}

console.log(JSON.stringify(await (what === "decode" ? decode() : prefill())));
process.exit(0);
