const LABEL = '3D view of the object before the camera. Arrow keys turn the view, plus and minus zoom, Home resets it.';

/** A canvas that can be reached and named: the host itself where it is one, else a new one that fills it. */
export function prepareCanvas(host: HTMLElement, label = LABEL): HTMLCanvasElement {
  const canvas = host instanceof HTMLCanvasElement ? host : fillWithCanvas(host);
  canvas.tabIndex = 0;
  // Lets arrow keys through to the view where a screen reader would take them.
  canvas.setAttribute('role', 'application');
  canvas.setAttribute('aria-label', label);
  return canvas;
}

function fillWithCanvas(host: HTMLElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.style.display = 'block';
  canvas.style.width = '100%';
  canvas.style.height = '100%';
  host.append(canvas);
  return canvas;
}
