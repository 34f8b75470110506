/** Whether a text fits into an element, without laying it out. */

let pen: CanvasRenderingContext2D | null = null;

/** Give a test for texts: whether an element of this one's width and font holds them in so many lines. */
export function fitsInLines(element: HTMLElement, lines: number): (text: string) => boolean {
  pen ??= document.createElement("canvas").getContext("2d");
  const context = pen;
  if (!context) return () => true;
  const { font } = getComputedStyle(element);
  const width = element.clientWidth;
  return (text) => {
    context.font = font;
    const space = context.measureText(" ").width;
    let [line, at] = [1, -space];
    for (const word of text.split(" ")) {
      const wide = context.measureText(word).width;
      if (at + space + wide > width) [line, at] = [line + 1, -space];
      at += space + wide;
    }
    return line <= lines;
  };
}
