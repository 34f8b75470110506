/**
 * A Leaflet layer that is one canvas.
 *
 * The canvas is larger than the map by `PAD` on every side and moves with it, so that panning costs
 * nothing; it is drawn anew when the map has come to rest or the edge comes into sight.
 */

const PAD = 0.35;

/** Where the canvas lies on the world, for drawing. */
export interface Frame {
  context: CanvasRenderingContext2D;
  zoom: number;
  /** Canvas size in CSS pixels. */
  width: number;
  height: number;
  /** World pixel (at this zoom) of the canvas's corner. */
  left: number;
  top: number;
  /** Pixels that the world is wide. */
  world: number;
  /** Part of the canvas that is in sight, in canvas pixels. */
  sight: { left: number; top: number; right: number; bottom: number };
}

export abstract class CanvasLayer extends L.Layer {
  readonly canvas: HTMLCanvasElement;
  readonly #paneName: string;
  #corner = L.point(0, 0);
  #zoom = 0;
  #center = L.latLng(0, 0);
  #half = L.point(0, 0);
  #waiting = 0;

  constructor(pane: string, className: string) {
    super();
    this.#paneName = pane;
    this.canvas = document.createElement("canvas");
    this.canvas.className = `leaflet-zoom-animated ${className}`;
    this.canvas.setAttribute("aria-hidden", "true");
  }

  /** Draw what lies in the frame; the canvas is empty. */
  protected abstract draw(frame: Frame): void;

  override onAdd(map: L.Map): this {
    (map.getPane(this.#paneName) ?? map.getPanes().overlayPane).append(this.canvas);
    this.reset();
    return this;
  }

  override onRemove(): this {
    cancelAnimationFrame(this.#waiting);
    this.#waiting = 0;
    this.canvas.remove();
    return this;
  }

  override getEvents(): Record<string, L.LeafletEventHandlerFn> {
    return {
      viewreset: () => this.reset(),
      moveend: () => this.redraw(),
      zoomend: () => this.reset(),
      resize: () => this.redraw(), // several in a row are one
      move: () => this.#follow(),
      zoom: () => this.#scale(this._map.getCenter(), this._map.getZoom()),
      zoomanim: (event) => this.#scale((event as L.ZoomAnimEvent).center, (event as L.ZoomAnimEvent).zoom),
    };
  }

  /** Draw again in the next frame. */
  redraw(): void {
    if (this.#waiting || !this._map) return;
    this.#waiting = requestAnimationFrame(() => {
      this.#waiting = 0;
      if (this._map) this.reset();
    });
  }

  /** Lay the canvas round the present view and draw. */
  reset(): void {
    cancelAnimationFrame(this.#waiting); // this is what was waited for
    this.#waiting = 0;
    const map = this._map;
    if (!map) return;
    const size = map.getSize();
    if (size.x === 0 || size.y === 0) return;
    const margin = L.point(Math.round(size.x * PAD), Math.round(size.y * PAD));
    this.#half = size.divideBy(2).add(margin);
    this.#corner = map.containerPointToLayerPoint(L.point(0, 0)).subtract(margin).round();
    this.#zoom = map.getZoom();
    this.#center = map.getCenter();
    const width = size.x + 2 * margin.x;
    const height = size.y + 2 * margin.y;
    const context = this.#clean(width, height);
    L.DomUtil.setTransform(this.canvas, this.#corner, 1);
    const origin = map.getPixelOrigin().add(this.#corner);
    const sight = { left: margin.x, top: margin.y, right: margin.x + size.x, bottom: margin.y + size.y };
    const world = 256 * 2 ** this.#zoom;
    this.draw({ context, zoom: this.#zoom, width, height, left: origin.x, top: origin.y, world, sight });
  }

  /** Draw into another canvas, for print. */
  paint(frame: Frame): void {
    this.draw(frame);
  }

  /** Container point to a point on the canvas. */
  protected toCanvas(point: L.Point): L.Point {
    return this._map.containerPointToLayerPoint(point).subtract(this.#corner);
  }

  #clean(width: number, height: number): CanvasRenderingContext2D {
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const context = this.canvas.getContext("2d") as CanvasRenderingContext2D;
    const [pixelWidth, pixelHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.canvas.width !== pixelWidth || this.canvas.height !== pixelHeight) {
      this.canvas.width = pixelWidth;
      this.canvas.height = pixelHeight;
      this.canvas.style.width = `${width}px`;
      this.canvas.style.height = `${height}px`;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    return context;
  }

  /** Draw during a long drag, before the edge of the canvas comes into sight. */
  #follow(): void {
    if (this._map.getZoom() !== this.#zoom) return;
    const size = this._map.getSize();
    const at = this.#corner.subtract(this._map.containerPointToLayerPoint(L.point(0, 0)));
    const spare = Math.min(-at.x, -at.y, at.x + 2 * this.#half.x - size.x, at.y + 2 * this.#half.y - size.y);
    if (spare < Math.min(size.x, size.y) * 0.05) this.redraw();
  }

  /** Stretch the canvas while the map zooms, as Leaflet's own renderers do. */
  #scale(center: L.LatLng, zoom: number): void {
    const map = this._map;
    const scale = map.getZoomScale(zoom, this.#zoom);
    const panePosition = L.DomUtil.getPosition(map.getPanes().mapPane);
    const origin = map.project(center, zoom).subtract(map.getSize().divideBy(2)).add(panePosition).round();
    const corner = map.project(this.#center, zoom).subtract(this.#half.multiplyBy(scale)).subtract(origin);
    L.DomUtil.setTransform(this.canvas, corner, scale);
  }
}
