import { CanvasLayer, type Frame } from "./canvas_layer.ts";

/** The ring round the chosen incident, on a canvas of its own: choosing another one draws no mark anew. */
export class RingLayer extends CanvasLayer {
  readonly #paint: (frame: Frame) => void;

  constructor(paint: (frame: Frame) => void) {
    super("geo-incidents", "geo-ring");
    this.#paint = paint;
  }

  /** The layer of incidents says when to draw: the ring lies round what stands there. */
  override getEvents(): Record<string, L.LeafletEventHandlerFn> {
    const { zoom, zoomanim } = super.getEvents();
    return { zoom, zoomanim };
  }

  protected override draw(frame: Frame): void {
    this.#paint(frame);
  }
}
