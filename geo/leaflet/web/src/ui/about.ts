/** Where the data come from, what was left out or coarsened, and the licences of what is inlined. */

import type { Context } from "./context.ts";
import { button, clean, h, link, isolated, type Child } from "./dom.ts";

export function aboutDialog({ words, meta }: Context): HTMLDialogElement {
  const notes = [
    ...(meta.about ?? "").split(/\n\s*\n/).map((paragraph) => clean(paragraph.replace(/^#+\s*/, "").trim()) || null),
    meta.author ? words.say("about.author", { author: clean(meta.author) }) : null,
    meta.contact ? words.say("about.contact", { contact: clean(meta.contact) }) : null,
    meta.trust?.extracted ? words.say("about.method") : null,
    words.say("about.limits"),
    meta.made ? words.say("about.made", { day: words.dayOf(meta.made) }) : null,
    words.say("about.sureness"),
    meta.coarsened_m ? words.say("about.coarsened", { distance: words.distance(meta.coarsened_m) }) : null,
    meta.hidden?.length ? words.say("about.hidden", { columns: meta.hidden.join(", ") }) : null,
    meta.border_note ? words.say("border_note") : null,
  ];
  const dialog: HTMLDialogElement = h("dialog", { class: "geo-dialog", "aria-label": words.say("about") }, [
    h("div", { class: "geo-dialog-head" }, [
      h("h2", {}, words.say("about")),
      button("✕", { class: "geo-icon-button", "aria-label": words.say("close") }, () => dialog.close()),
    ]),
    h("div", { class: "geo-about", tabindex: "0" }, [
      ...notes.filter((note): note is string => note !== null).map((note) => h("p", {}, note)),
      ...snippet(words.say("about.embed")),
      h("h3", {}, words.say("about.sources")),
      h(
        "ul",
        {},
        (meta.attributions ?? []).map(({ text, licence, url }) =>
          h("li", {}, [url ? link(url, text) : isolated(text), licence ? `, ${licence}` : null]),
        ),
      ),
      h("h3", {}, words.say("about.licences")),
      h("pre", { class: "geo-licences", dir: "ltr", lang: "en" }, meta.licences ?? ""),
    ]),
  ]);
  return dialog;
}

/** What shows this page within another one. */
function snippet(text: string): Child[] {
  const address = new URL(location.href);
  if (!/^https?:$/.test(address.protocol)) address.href = "https://example.org/map.html";
  address.search = "?embed";
  const code = `<iframe src="${address.href}" width="100%" height="600" style="border:0"></iframe>`;
  return [h("p", {}, text), h("pre", { class: "geo-snippet", dir: "ltr", tabindex: "0" }, code)];
}
