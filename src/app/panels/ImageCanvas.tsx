import { useEffect, useRef, useState } from 'react';
import './ImageCanvas.css';

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** RGBA. */
  readonly data: Uint8ClampedArray;
}

interface Props {
  readonly title: string;
  /** What a person who cannot see it should know. */
  readonly label: string;
  readonly picture: Picture | undefined;
  /** The value at a pixel, in words. */
  readonly describe: (x: number, y: number) => string;
  readonly caption: string;
  /** What the strongest colours stand for. */
  readonly scale?: { readonly metric: string; readonly value: string };
}

/** One picture, each pixel a crisp square, with the value under the pointer. */
export function ImageCanvas({ title, label, picture, describe, caption, scale }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [at, setAt] = useState<{ x: number; y: number }>();

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    if (!picture) return context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    const { canvas: { width, height } } = context;
    // A canvas whose size is set is made anew, be it the same.
    if (width !== picture.width || height !== picture.height) Object.assign(context.canvas, { width: picture.width, height: picture.height });
    context.putImageData(new ImageData(new Uint8ClampedArray(picture.data), picture.width, picture.height), 0, 0);
  }, [picture]);

  const onMove = (event: React.PointerEvent<HTMLCanvasElement>) => {
    if (!picture) return;
    const box = event.currentTarget.getBoundingClientRect();
    const x = Math.floor(((event.clientX - box.left) / box.width) * picture.width);
    const y = Math.floor(((event.clientY - box.top) / box.height) * picture.height);
    if (x >= 0 && y >= 0 && x < picture.width && y < picture.height) setAt({ x, y });
  };

  return (
    <figure className="image">
      <figcaption className="image__title">{title}</figcaption>
      <canvas
        ref={canvas} className={picture ? 'image__canvas' : 'image__canvas image__canvas--empty'} role="img" aria-label={label} width={1} height={1}
        onPointerMove={onMove} onPointerDown={onMove} onPointerLeave={() => setAt(undefined)}
      />
      <output className="image__readout">
        {at && picture && at.x < picture.width && at.y < picture.height ? describe(at.x, at.y) : <>{caption}{'\n'}{scale && <>±<span data-metric={scale.metric}>{scale.value}</span></>}</>}
      </output>
    </figure>
  );
}
