/** The other thread: decodes, keeps the large blocks compressed, searches their texts. */

import { decodeBase64 } from "./base64.ts";
import { decodeCore } from "./core.ts";
import type { DetailPart } from "./format.ts";
import { inflate, inflateText } from "./inflate.ts";
import type { Answer, Task } from "./protocol.ts";
import { Quotes } from "./quotes.ts";
import { Search } from "./texts.ts";

const kept = new Map<string, Uint8Array<ArrayBuffer>[]>();
const readPart = async <T>(name: string, part: number) => JSON.parse(await partText(name, part)) as T;
const search = new Search(() => kept.get("details")?.length ?? 0, (part) => readPart<DetailPart>("details", part));
const quotes = new Quotes(readPart);

function post(answer: Answer, transfer: Transferable[] = []): void {
  (self as unknown as Worker).postMessage(answer, transfer);
}

self.onmessage = async ({ data }: MessageEvent<{ task: number; what: Task }>) => {
  try {
    const { value, transfer } = await perform(data.task, data.what);
    post({ task: data.task, value }, transfer);
  } catch (error) {
    post({ task: data.task, error: error instanceof Error ? error.message : String(error) });
  }
};

async function perform(task: number, what: Task): Promise<{ value: unknown; transfer?: Transferable[] }> {
  switch (what.kind) {
    case "core": {
      const core = decodeCore(await inflate(decodeBase64(what.text)), what);
      const arrays = [...Object.values(core.columns), core.x, core.y, core.points.order, core.points.keys];
      arrays.push(core.areas.order, core.areas.keys);
      return { value: core, transfer: arrays.map((array) => array.buffer as ArrayBuffer) };
    }
    case "json":
      return { value: JSON.parse(await inflateText(decodeBase64(what.text))) };
    case "ints": {
      const bytes = await inflate(decodeBase64(what.text));
      return { value: new Int32Array(bytes.buffer, 0, bytes.length >> 2), transfer: [bytes.buffer] };
    }
    case "bytes": {
      const bytes = await inflate(decodeBase64(what.text));
      return { value: bytes, transfer: [bytes.buffer] };
    }
    case "store": {
      const parts = kept.get(what.name) ?? [];
      parts[what.part] = decodeBase64(what.text);
      kept.set(what.name, parts);
      return { value: null };
    }
    case "part":
      return { value: JSON.parse(await partText(what.name, what.part)) };
    case "textPart":
      return { value: await partText(what.name, what.part) };
    case "index":
      await search.read();
      return { value: null };
    case "search": {
      const found = await search.find(what.query, what.rows, (share) => post({ task, progress: share }));
      return { value: found, transfer: [found.buffer] };
    }
    case "quotes":
      return { value: await quotes.of(what.rows, what) };
  }
}

async function partText(name: string, part: number): Promise<string> {
  const bytes = kept.get(name)?.[part];
  if (!bytes) throw new Error(`the page has no part ${part} of ${name}.`);
  return inflateText(bytes);
}
