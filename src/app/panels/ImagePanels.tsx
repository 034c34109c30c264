import { useMemo } from 'react';
import type { PoseImages } from '../../experiments/pose/protocol';
import type { ImageRecord } from '../../scene/mesh';
import { useShownRun } from '../page/model';
import { theme } from '../page/theme';
import { useStore } from '../page/useStore';
import { colorSigned, divergingTable, robustScale, strongestChannel } from './divergingMap';
import { ImageCanvas, type Picture } from './ImageCanvas';

const exact = (value: number) => (value === 0 ? '0' : value < 0.01 ? value.toExponential(1).replace('-', '−') : value.toPrecision(3));
const signed = (value: number) => `${value > 0 ? '+' : value < 0 ? '−' : ''}${exact(Math.abs(value))}`;

const describeColor = (image: ImageRecord | undefined) => (x: number, y: number) => {
  if (!image) return '';
  const [r, g, b] = image.data.subarray(4 * (y * image.width + x));
  return `x ${x}, y ${y}: R ${r} G ${g} B ${b}`;
};
const describeChannels = (values: Float32Array | undefined, width: number) => (x: number, y: number) => {
  if (!values) return '';
  const [r, g, b] = values.subarray(3 * (y * width + x));
  return `x ${x}, y ${y}: ${[r, g, b].map(signed).join(' ')}`;
};

interface Signed {
  readonly picture: Picture;
  readonly scale: number;
}

function useSigned(images: PoseImages | undefined, values: Float32Array | undefined): Signed | undefined {
  const table = divergingTable(useStore(theme, (value) => value));
  const strongest = useMemo(() => values && strongestChannel(values), [values]);
  if (!images || !strongest) return undefined;
  const scale = robustScale(strongest);
  return { scale, picture: { width: images.width, height: images.height, data: colorSigned(strongest, scale, table) } };
}

/** The four pictures that tell the story: what is looked for, what is drawn now, where they differ, and what each pixel asks for. */
export function ImagePanels() {
  const images = useShownRun((state) => state.images);
  // The gradient points to where the loss grows; a pixel asks for the opposite.
  const wanted = useMemo(() => images && images.gradient.map((value) => -value), [images]);
  const difference = useSigned(images, images?.difference);
  const request = useSigned(images, wanted);
  const width = images?.width ?? 1;
  return (
    <section className="panel" aria-label="Images">
      <div className="images">
        <ImageCanvas title="Target" label="The target image, whose pose is sought" picture={images?.target} describe={describeColor(images?.target)} caption="the image to explain" />
        <ImageCanvas title="Rendering" label={`The rendering of the estimate at step ${images?.step ?? 0}`} picture={images?.rendering} describe={describeColor(images?.rendering)} caption="the estimate, as drawn" />
        <ImageCanvas
          title="Difference" label="Rendering minus target; blue where the rendering is too dark, orange where it is too bright" picture={difference?.picture}
          describe={describeChannels(images?.difference, width)} caption="blue too dark, orange too bright" scale={difference && { metric: 'difference-scale', value: exact(difference.scale) }}
        />
        <ImageCanvas
          title="Gradient" label="What each pixel asks for; blue asks for darker, orange for brighter" picture={request?.picture}
          describe={describeChannels(wanted, width)} caption="asks: blue darker, orange brighter" scale={request && { metric: 'gradient-scale', value: exact(request.scale) }}
        />
      </div>
    </section>
  );
}
