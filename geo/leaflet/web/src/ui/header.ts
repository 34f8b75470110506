/** The header's search, download and about. */

import { aboutDialog } from "./about.ts";
import type { Context } from "./context.ts";
import { button, h } from "./dom.ts";
import { downloadMenu } from "./download.ts";
import type { Links } from "./links.ts";

const NARROW = "(max-width: 720px)";
const PAUSE_MS = 220; // between the last key and the search

export function fillHeader(header: HTMLElement, context: Context, links: Links, query: string): void {
  const { words, store } = context;
  let typing = 0;
  const attributes = {
    type: "search",
    placeholder: words.say(matchMedia(NARROW).matches ? "search.short" : "search"),
    "aria-label": words.say("search"),
    autocomplete: "off",
    value: query,
  };
  const search = h("input", attributes, [], {
    focus: () => window.setTimeout(() => store.prepareSearch()),
    input: () => {
      window.clearTimeout(typing);
      typing = window.setTimeout(() => store.search(search.value), PAUSE_MS);
    },
  });
  store.listen((change) => {
    if (change === "filter" && document.activeElement !== search) search.value = store.filter.query;
  });
  const about = aboutDialog(context);
  context.root.append(about);
  header.append(
    h("div", { class: "geo-search", role: "search" }, search),
    downloadMenu(context, links.answered),
    button(words.say("about_short"), { class: "geo-button" }, () => about.showModal()),
  );
}
