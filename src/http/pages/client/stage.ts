import { DIMENSIONS } from '../own-url.ts';
import { byId, inBytes } from './dom.ts';
import type { State } from './state.ts';

/** The longest side that dragging can reach; the service itself checks its own limit. */
const MOST = 4000;
/** px that an arrow key moves the corner by, and with Shift. */
const STEP = 10;

const stage = byId('stage');
const frame = byId('frame');
const picture = byId<HTMLImageElement>('picture');

/** The picture's size in px before scaling, and how large it is shown. */
const size = { width: 600, height: 400 };
let shown = 1;

/** Fits the frame into the stage, never larger than its real size. */
function fit(): void {
  const { paddingLeft, paddingTop } = getComputedStyle(stage);
  const room = {
    width: stage.clientWidth - 2 * Number.parseFloat(paddingLeft),
    height: stage.clientHeight - 2 * Number.parseFloat(paddingTop),
  };
  shown = Math.min(1, room.width / size.width, room.height / size.height);
  frame.style.width = `${Math.max(1, size.width * shown)}px`;
  frame.style.height = `${Math.max(1, size.height * shown)}px`;
}

/** Shows whether a picture is loading. */
function wait(isWaiting: boolean): void {
  stage.classList.toggle('is-waiting', isWaiting);
  stage.ariaBusy = String(isWaiting);
}

/** Shows a picture once it is there, so that nothing flickers. */
async function swap(url: string): Promise<void> {
  const next = new Image();
  next.fetchPriority = 'high';
  next.src = url;
  await next.decode().catch(() => undefined);
  if (pending !== url) return;
  picture.src = url;
  wait(false);
}

let pending = '';

function resize(state: State, width: number, height: number): void {
  const bounded = (side: number): number => Math.min(MOST, Math.max(1, Math.round(side)));
  Object.assign(size, { width: bounded(width), height: bounded(height) });
  const dimensions = `${size.width}x${size.height}`;
  byId<HTMLInputElement>(`o-${DIMENSIONS}`).value = dimensions;
  state.set({ [DIMENSIONS]: dimensions });
}

function bindCorner(state: State): void {
  const corner = byId('corner');
  corner.addEventListener('pointerdown', (down) => {
    if (down.button !== 0) return;
    corner.setPointerCapture(down.pointerId);
    const from = { ...size, x: down.clientX, y: down.clientY, scale: shown };
    stage.classList.add('is-resizing');
    // The picture is centred in its stage: moving a corner by one changes a side by two.
    const move = ({ clientX, clientY }: PointerEvent): void => {
      resize(
        state,
        from.width + (2 * (clientX - from.x)) / from.scale,
        from.height + (2 * (clientY - from.y)) / from.scale,
      );
      frame.style.width = `${size.width * from.scale}px`;
      frame.style.height = `${size.height * from.scale}px`;
    };
    const end = (): void => {
      corner.removeEventListener('pointermove', move);
      stage.classList.remove('is-resizing');
      fit();
    };
    corner.addEventListener('pointermove', move);
    corner.addEventListener('lostpointercapture', end, { once: true });
  });
  corner.addEventListener('keydown', (event) => {
    const step = event.shiftKey ? 1 : STEP;
    const [x, y] =
      { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [];
    if (x === undefined || y === undefined) return;
    event.preventDefault();
    resize(state, size.width + x * step, size.height + y * step);
    fit();
  });
}

const grade = (contrast: number): string =>
  contrast >= 7 ? 'AAA' : contrast >= 4.5 ? 'AA' : contrast >= 3 ? 'AA large' : 'low';

export function bindStage(state: State): void {
  bindCorner(state);
  new ResizeObserver(() => {
    if (!stage.classList.contains('is-resizing')) fit();
  }).observe(stage);
  state.listen({
    changed: () => wait(true),
    explained: ({ options, bytes, contrast }) => {
      Object.assign(size, { width: Number(options['width']), height: Number(options['height']) });
      if (!stage.classList.contains('is-resizing')) fit();
      stage.classList.remove('is-refused');
      pending = state.own;
      void swap(state.own);
      const { width, height } = size;
      const scale = Number(options['scale']);
      const output = scale === 1 ? '' : ` · ${width * scale} × ${height * scale} pixels`;
      picture.alt = `Picture of ${width} × ${height} px`;
      byId('facts').textContent =
        `${width} × ${height} px${output} · ${String(options['format'])} · ${inBytes(bytes)}`;
      const badge = byId('contrast');
      badge.hidden = contrast === null;
      badge.textContent = contrast === null ? '' : `contrast ${contrast}:1 · ${grade(contrast)}`;
      badge.dataset['grade'] = contrast === null ? '' : grade(contrast);
    },
    refused: () => {
      wait(false);
      stage.classList.add('is-refused');
      byId('facts').textContent = '';
      byId('contrast').hidden = true;
    },
  });
}
