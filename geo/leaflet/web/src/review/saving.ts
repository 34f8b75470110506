/** Take the decisions home: over the same file where the browser can write to it, else as a download. */

import { h } from "../ui/dom.ts";
import type { Review } from "./session.ts";

const FILE = "decisions.geojson";
const TYPE = "application/geo+json";

interface Picker {
  showSaveFilePicker?: (options: unknown) => Promise<FileSystemFileHandle>;
}
type Asked = FileSystemFileHandle & { requestPermission?: (of: { mode: string }) => Promise<string> };

export type Saved = "written" | "downloaded" | "cancelled";

export function canChoose(): boolean {
  return typeof (window as unknown as Picker).showSaveFilePicker === "function";
}

/** Save: into the file that the person chose once, else as a download. */
export async function save(review: Review): Promise<Saved> {
  const kept = (await review.storage?.handle(review.about.key).catch(() => null)) as Asked | null | undefined;
  if (kept && (await isAllowed(kept))) return write(review, kept);
  download(review.text());
  review.markSaved();
  return "downloaded";
}

/** Ask for a file, and save into it from then on. */
export async function saveInto(review: Review): Promise<Saved> {
  const types = [{ description: "GeoJSON", accept: { [TYPE]: [".geojson"] } }];
  try {
    const handle = await (window as unknown as Picker).showSaveFilePicker?.({ suggestedName: FILE, types });
    if (!handle) return save(review);
    const done = await write(review, handle);
    await review.storage?.keepHandle(review.about.key, handle).catch(() => undefined);
    return done;
  } catch (error) {
    if ((error as Error).name === "AbortError") return "cancelled";
    throw error;
  }
}

async function isAllowed(handle: Asked): Promise<boolean> {
  try {
    return !handle.requestPermission || (await handle.requestPermission({ mode: "readwrite" })) === "granted";
  } catch {
    return false; // the file is gone, or the browser asks only on a click
  }
}

/** Write over the file; what stood in it stays until the new text is whole. */
async function write(review: Review, handle: FileSystemFileHandle): Promise<Saved> {
  const file = await handle.createWritable();
  await file.write(review.text());
  await file.close();
  review.markSaved();
  return "written";
}

function download(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: TYPE }));
  const anchor = h("a", { download: FILE });
  anchor.href = address;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Let a person choose a file of decisions; null when none was chosen. */
export function chooseFile(): Promise<string | null> {
  const input = h("input", { type: "file" });
  input.accept = ".geojson,.json";
  return new Promise((resolve) => {
    input.addEventListener("change", () => void input.files?.[0]?.text().then(resolve, () => resolve(null)));
    input.addEventListener("cancel", () => resolve(null));
    input.click();
  });
}
