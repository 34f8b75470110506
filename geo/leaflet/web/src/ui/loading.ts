/** Keep the browser's load event waiting until the map and the list are drawn. */

/**
 * What asks for a picture of a page (`chromium --screenshot`, link previews, archives) takes it at the load event, which comes
 * before the other thread has read the data. A frame whose document is still being written holds the event back.
 *
 * @returns Lets the event come.
 */
export function holdLoad(): () => void {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  document.body.append(frame);
  const held = frame.contentDocument; // none in a sandbox
  held?.open();
  return () => {
    held?.close();
    setTimeout(() => frame.remove()); // taken away at once, it would not let go in every browser
  };
}
