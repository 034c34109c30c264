/** What this browser's WebGL can do for the renderer. */
export interface Capabilities {
  /** The WebGL kernels run here, with float32 precision. */
  readonly usable: boolean;
  readonly webgl2: boolean;
  /** Drawn by the CPU: it works, slowly. */
  readonly software: boolean;
  /** EXT_color_buffer_float: float textures can be drawn into. */
  readonly colorBufferFloat: boolean;
  /** A float32 target really holds float32. */
  readonly float32Rendering: boolean;
  /** EXT_float_blend: float32 targets add; without it sums are gathered. */
  readonly floatBlend: boolean;
  /** Texels along a side; 0 without WebGL2. */
  readonly maxTextureSize: number;
  /** One plain sentence for each thing that is missing. */
  readonly missing: readonly string[];
}

/** Texels that an image of a few hundred pixels in a batch needs; every WebGL2 device in use has more. */
const SMALLEST_TEXTURE = 4096;

/** Looks at a WebGL2 context of its own, which it gives back. Works in windows and workers; elsewhere everything is missing. */
export function probeCapabilities(createCanvas: () => HTMLCanvasElement | OffscreenCanvas | undefined = newCanvas): Capabilities {
  const strict = contextOf(createCanvas(), true);
  const gl = strict ?? contextOf(createCanvas(), false);
  if (!gl) {
    return describe({ webgl2: false, software: false, colorBufferFloat: false, float32Rendering: false, floatBlend: false, maxTextureSize: 0 });
  }
  const colorBufferFloat = gl.getExtension('EXT_color_buffer_float') !== null;
  const facts = {
    webgl2: true,
    software: !strict || /swiftshader|llvmpipe|software/i.test(rendererName(gl)),
    colorBufferFloat,
    float32Rendering: colorBufferFloat && keepsFloat32(gl),
    floatBlend: gl.getExtension('EXT_float_blend') !== null,
    maxTextureSize: gl.getParameter(gl.MAX_TEXTURE_SIZE) as number,
  };
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return describe(facts);
}

function newCanvas(): HTMLCanvasElement | OffscreenCanvas | undefined {
  if (typeof OffscreenCanvas !== 'undefined') return new OffscreenCanvas(1, 1);
  return typeof document === 'undefined' ? undefined : document.createElement('canvas');
}

const contextOf = (canvas: HTMLCanvasElement | OffscreenCanvas | undefined, failIfMajorPerformanceCaveat: boolean): WebGL2RenderingContext | null =>
  (canvas?.getContext('webgl2', { failIfMajorPerformanceCaveat }) ?? null) as WebGL2RenderingContext | null;

function rendererName(gl: WebGL2RenderingContext): string {
  const debug = gl.getExtension('WEBGL_debug_renderer_info');
  return String(gl.getParameter(debug ? debug.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
}

/** Clears a float32 target to a number that half precision cannot hold, and reads it back. */
function keepsFloat32(gl: WebGL2RenderingContext): boolean {
  const value = 1 + 2 ** -20;
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA32F, 1, 1);
  gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer());
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
  if (gl.checkFramebufferStatus(gl.FRAMEBUFFER) !== gl.FRAMEBUFFER_COMPLETE) return false;
  gl.clearBufferfv(gl.COLOR, 0, [value, 0, 0, 0]);
  const read = new Float32Array(4);
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.FLOAT, read);
  return read[0] === value;
}

function describe(facts: Omit<Capabilities, 'usable' | 'missing'>): Capabilities {
  const { webgl2, software, colorBufferFloat, float32Rendering, floatBlend, maxTextureSize } = facts;
  const missing: string[] = [];
  if (!webgl2) {
    missing.push('This browser offers no WebGL2. Turn on hardware acceleration in its settings, or open the page in a current Chrome, Edge or Firefox.');
  } else {
    if (!colorBufferFloat) missing.push('The graphics device cannot draw into float textures (EXT_color_buffer_float), which the renderer needs.');
    else if (!float32Rendering) missing.push('The graphics device keeps float textures in half precision only; gradients need float32.');
    if (!floatBlend) missing.push('The graphics device cannot add into float textures (EXT_float_blend); gradients are summed another way, which can be slower.');
    if (maxTextureSize < SMALLEST_TEXTURE) missing.push(`Textures reach only ${maxTextureSize} texels a side; large batches of images will not fit.`);
    if (software) missing.push('WebGL runs on the CPU here (software rendering): everything works, but slowly.');
  }
  return { ...facts, usable: webgl2 && colorBufferFloat && float32Rendering, missing };
}
